// Stage 5: running a part of a program under a context.
import CRay

/// Runs a closure under a context: the context receives the events of everything that the
/// closure calls and starts, and of nothing else.
///
/// The program has to be built with `rayc`; built without it, the closure just runs. What
/// the closure starts belongs to the extent as well: threads, tasks, child tasks. Each
/// thread has a value of its own, made by `init()`, and they are merged into `context`
/// before `overdub` returns; what a task sees that outlives it is lost.
///
/// Extents nest: the inner context receives an event first, then the outer one, which sees
/// the value that the inner one returned.
///
/// - Parameters:
///   - context: The value that the events go to. `finish` is not called: it is yours.
///   - body: What is run. Functions whose code rayc has not compiled, the standard
///     library's above all, are called but not entered.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws; the context has seen the events up to there.
///
/// Entering and leaving costs about as much as `TaskLocal.withValue`; an event, a call of
/// the hook through a table.
public func overdub<Context: RayContext, Result, Failure: Error>(
  _ context: inout Context, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let opened = Opened(&context)
  defer { opened.close() }
  return try runInside(opened.extent, body)
}

/// The same for a closure that awaits.
public func overdub<Context: RayContext, Result, Failure: Error>(
  _ context: inout Context, isolation: isolated (any Actor)? = #isolation,
  _ body: () async throws(Failure) -> Result
) async throws(Failure) -> Result {
  let opened = Opened(&context)
  defer { opened.close() }
  return try await runInside(opened.extent, isolation: isolation, body)
}

/// Runs a closure, and what it calls and starts, under the contexts of the build (`-W`),
/// in a program that is built with `--scope dynamic`.
public func overdub<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  try runInside(Extent(outer: .current), body)
}

/// The same for a closure that awaits.
public func overdub<Result, Failure: Error>(
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws(Failure) -> Result
) async throws(Failure) -> Result {
  try await runInside(Extent(outer: .current), isolation: isolation, body)
}

/// A context that has been taken out of its variable for as long as its extent is open.
private struct Opened<Context: RayContext> {
  let variable: UnsafeMutablePointer<Context>
  let extent: ContextExtent<Context>

  /// Moves the value: a copy would make the context's arrays shared, and its first change
  /// of each a copy of all.
  init(_ context: inout Context) {
    // Exclusive access to the variable lasts as long as the caller's `inout`.
    variable = withUnsafeMutablePointer(to: &context) { $0 }
    extent = ContextExtent(variable.move(), outer: .current)
  }

  func close() { variable.initialize(to: extent.close()) }
}

// The extent's body is called from here, and nowhere else: the pass `rayc-runtime` leads the
// indirect calls of functions of this name to twins.
@inline(never) @_optimize(none)
private func _callTwin<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  try body()
}

private func runInside<Result, Failure: Error>(
  _ extent: Extent, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  rayc_task_bind(extent.address)
  let scope = rayc_scope_enter(extent.address)
  defer {
    rayc_scope_leave(scope)
    rayc_task_unbind()
  }
  return try _callTwin(body)
}

@inline(never) @_optimize(none)
private func _callTwin<Result, Failure: Error>(
  _ extent: Extent, isolation: isolated (any Actor)?,
  _ body: () async throws(Failure) -> Result
) async throws(Failure) -> Result {
  rayc_part_enter(extent.address)
  return try await body()
}

private func runInside<Result, Failure: Error>(
  _ extent: Extent, isolation: isolated (any Actor)?,
  _ body: () async throws(Failure) -> Result
) async throws(Failure) -> Result {
  rayc_task_bind(extent.address)
  defer { rayc_task_unbind() }
  return try await _callTwin(extent, isolation: isolation, body)
}

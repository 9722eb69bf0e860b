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
@inlinable
public func overdub<Context: RayContext, Result, Failure: Error>(
  _ context: inout Context, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  try _overdub(&context, HookTable(Context.self), body)
}

/// The same for a closure that awaits.
@inlinable
public func overdub<Context: RayContext, Result, Failure: Error>(
  _ context: inout Context, isolation: isolated (any Actor)? = #isolation,
  _ body: () async throws(Failure) -> Result
) async throws(Failure) -> Result {
  try await _overdub(&context, HookTable(Context.self), isolation: isolation, body)
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

// The context's value stays where it is: the caller's exclusive access to it lasts until the
// extent is closed.
@usableFromInline
func _overdub<Context, Result, Failure: Error>(
  _ value: UnsafeMutablePointer<Context>, _ hooks: HookTable, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  try runInside(Extent(outer: .current, Frame(hooks, value)), body)
}

@usableFromInline
func _overdub<Context, Result, Failure: Error>(
  _ value: UnsafeMutablePointer<Context>, _ hooks: HookTable, isolation: isolated (any Actor)?,
  _ body: () async throws(Failure) -> Result
) async throws(Failure) -> Result {
  try await runInside(
    Extent(outer: .current, Frame(hooks, value)), isolation: isolation, body)
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
  guard rayc_is_enabled() else { return try body() }
  rayc_task_bind(extent.address)
  let scope = rayc_scope_enter(extent.address)
  defer {
    rayc_scope_leave(scope)
    rayc_task_unbind()
    extent.close()
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
  guard rayc_is_enabled() else { return try await body() }
  rayc_task_bind(extent.address)
  defer {
    rayc_task_unbind()
    extent.close()
  }
  return try await _callTwin(extent, isolation: isolation, body)
}

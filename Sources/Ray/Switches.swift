// Stage 5: how a program switches its context off and on.
import CRay

/// Whether events go to the context, in the whole process.
///
/// Setting it holds for all threads, also for those that start later. It takes effect where
/// a function begins to look for its context: a function that is running when it is set,
/// and what the optimiser inlined into it, goes on as it began.
///
/// Always false in a program that rayc did not build, and in one that runs with
/// `RAYC_DISABLE=1` in its environment; setting it does nothing then.
///
/// Cost: a lock, a system call (`membarrier`, whose first use with several threads may take some
/// milliseconds) and a store for each thread. While it is false, instrumented code runs at
/// about the speed that it has otherwise; `RAYC_DISABLE` costs the same.
public var isEnabled: Bool {
  get { rayc_is_enabled() }
  set { rayc_set_enabled(newValue) }
}

/// Runs a closure whose events go nowhere, nor do those of the threads and tasks that it
/// starts.
///
/// Other threads go on. Nests, and leaves ``isEnabled`` alone.
///
/// - Parameter body: What is run. Events of a function that is running already, and of
///   what the optimiser inlined into it, are not affected; those of the closure are.
/// - Returns: What the closure returns.
/// - Throws: What the closure throws.
///
/// Cost: two uncontended locks.
@inline(never) @_semantics("optimize.sil.specialize.generic.never")
public func disabled<Result: ~Copyable, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  // What the closure's primitives call back must not find the extent around.
  rayc_task_bind(Extent.off.address)
  let before = rayc_thread_switch_off()
  defer {
    rayc_thread_switch_on(before)
    rayc_task_unbind()
  }
  return try body()
}

/// The same for a closure that awaits, inside an extent: the closure and all that it starts
/// run outside of every extent.
///
/// In a program that is instrumented in place (`--scope program`) the closure's events are
/// seen nevertheless, because it runs on threads that others use in between.
@inline(never)
public func disabled<Result, Failure: Error>(
  isolation: isolated (any Actor)? = #isolation, _ body: () async throws(Failure) -> Result
) async throws(Failure) -> Result {
  rayc_task_bind(Extent.off.address)
  defer { rayc_task_unbind() }
  return try await body()
}

// Stage 5: what a context implements.
import CRay

/// A value that receives the events of a running program and may change its values.
///
/// Every thread has its own value, made at the thread's first event; so a context
/// needs no lock and no atomics. What a context does not implement is not instrumented
/// and costs nothing.
///
/// A context's own code is never instrumented. A hook that calls code which rayc cannot
/// see (printing a user's type, say) sets a mark for its thread, and events that happen
/// while the mark stands are passed over.
public protocol RayContext {
  /// Makes the value of one thread, at that thread's first event; on the main thread
  /// before the first line of the program.
  init()

  /// Is called before a call.
  ///
  /// - Parameters:
  ///   - site: The call.
  ///   - arguments: What is passed. Decoded only when asked for; where a context does
  ///     not ask, the pass does not gather them.
  mutating func willCall(_ site: Site, _ arguments: Arguments)

  /// Is called after a call has returned or thrown, after `result`.
  ///
  /// Does not come for a tail call (`rayc list skipped` names those).
  mutating func didCall(_ site: Site, _ outcome: Outcome)

  /// Receives how a call ended that can throw, and returns how it ends for the program.
  ///
  /// Comes before `result` and `didCall`, which see what this returns: a throw can become a value,
  /// a value a throw, and an error another one.
  ///
  /// - Parameters:
  ///   - outcome: The result, of the type that `result` receives it in, or the error.
  ///   - site: The call.
  ///
  /// Only for calls that the program checks for an error. An outcome that the program cannot be
  /// given changes nothing: an error that is no `E` behind a call of a `throws(E)` function, and a
  /// value in place of an error where the result's type is not known (`site.typing`). The result
  /// of a type that is not known is not released when an error takes its place.
  mutating func outcome<T>(_ outcome: Result<T, any Error>, of site: Site) -> Result<T, any Error>

  /// Receives a call's result and returns what the program sees in its place.
  ///
  /// - Parameters:
  ///   - value: The result in its own Swift type where `site.typing` is `exact`; else as a
  ///     machine-level type: `Int64`, `Int32`, `Bool`, `Double`, `UnsafeRawPointer?`, a tuple of
  ///     those, or `()` where it has no such type either. What exists only for the compiler cannot
  ///     be changed.
  ///   - site: The call.
  mutating func result<T>(_ value: T, of site: Site) -> T

  /// Receives a loaded value and returns what the program sees in its place. Its type is found
  /// as a result's is; a value that several loads take comes with the last of them.
  mutating func load<T>(_ value: T, at site: Site) -> T

  /// Receives a value that is about to be stored and returns what is stored in its place.
  ///
  /// Comes for the program's own stores: to variables, properties, elements, captured variables
  /// and what pointers point at. Its type is found as a loaded value's is; a value that several
  /// stores put into memory comes once. What the compiler stores for itself does not come, and
  /// neither does memory that is copied as a whole, which `runtime` shows.
  ///
  /// A replacement belongs to the memory, and the value it stands for is released; in optimised
  /// code, where that value's owner is not known yet, it is kept.
  mutating func store<T>(_ value: T, at site: Site) -> T

  /// Receives what an operator computed and returns what the program goes on with.
  ///
  /// Comes for arithmetic, comparisons, conversions, shifts and functions of mathematics that the
  /// compiler made instructions of, each once, wherever the program's own source has it. Operators
  /// that are calls of functions (`==` of strings, your own) are calls. Whether an addition
  /// overflows is what it was.
  ///
  /// - Parameters:
  ///   - result: `Bool`, `Double` and `Float` as such; an integer in its own type where that is
  ///     proved, else as `Int64`, `Int32` …: an instruction is the same for `Int` and `UInt`.
  ///   - site: Its `callee` is the operator: `+`, `Swift.Int.+`, `sqrt`; `init` for a conversion.
  ///   - operands: Left, right; none for `&&` and `||`, whose right side may not have been
  ///     computed.
  mutating func operation<T>(_ result: T, of site: Site, _ operands: Arguments) -> T

  /// Is called before the Swift runtime retains, releases, allocates, deallocates, casts, checks
  /// exclusivity, or memory is copied or filled.
  ///
  /// A call of the runtime is a call as well, which `willCall` sees.
  mutating func runtime(_ operation: RuntimeOperation, at site: Site)

  /// Is called when a function that is instrumented begins.
  ///
  /// For build contexts (`-W`). Behind `willCall` of whoever calls it, if that is instrumented; a
  /// part of an async function behind an `await` begins like a function of its own.
  mutating func didEnter(_ function: Site)

  /// Is called before a function ends: by returning, throwing, or a guaranteed tail call, whose
  /// `willCall` it follows. Does not come where nothing is returned to: behind `exit`, `fatalError`
  /// or a `longjmp` out of it.
  mutating func willLeave(_ function: Site)

  /// Takes in what another thread's value has gathered, when that thread or the program
  /// has ended.
  mutating func merge(_ other: Self)

  /// Is called once, on the merged value, when the program ends: by returning from
  /// main, by `exit()`, and as far as possible by a crash.
  mutating func finish()
}

/// A context that takes arguments: `-W 'file.swift:Type a b'`.
public protocol ConfigurableContext: RayContext {
  /// Makes the value of one thread from the arguments behind the type's name.
  ///
  /// - Throws: What is wrong with the arguments; rayc shows it and the program does not
  ///   run.
  init(arguments: [String]) throws
}

extension ConfigurableContext {
  public init() {
    do { try self.init(arguments: []) } catch { fatalError("\(error)") }
  }
}

// The defaults are marks as well: the pass takes a hook whose glue calls one of these for
// absent. So they must stay calls that it can see, never inlined or specialised. What calls
// a context of the program's own finds out by rayc_note_absence.
extension RayContext {
  @inline(never) @_optimize(none)
  public mutating func willCall(_ site: Site, _ arguments: Arguments) { rayc_note_absence() }
  @inline(never) @_optimize(none)
  public mutating func didCall(_ site: Site, _ outcome: Outcome) { rayc_note_absence() }
  @inline(never) @_optimize(none)
  public mutating func outcome<T>(
    _ outcome: Result<T, any Error>, of site: Site
  ) -> Result<T, any Error> {
    rayc_note_absence()
    return outcome
  }
  @inline(never) @_optimize(none)
  public mutating func result<T>(_ value: T, of site: Site) -> T {
    rayc_note_absence()
    return value
  }
  @inline(never) @_optimize(none)
  public mutating func load<T>(_ value: T, at site: Site) -> T {
    rayc_note_absence()
    return value
  }
  @inline(never) @_optimize(none)
  public mutating func store<T>(_ value: T, at site: Site) -> T {
    rayc_note_absence()
    return value
  }
  @inline(never) @_optimize(none)
  public mutating func operation<T>(_ result: T, of site: Site, _ operands: Arguments) -> T {
    rayc_note_absence()
    return result
  }
  @inline(never) @_optimize(none)
  public mutating func runtime(_ operation: RuntimeOperation, at site: Site) {
    rayc_note_absence()
  }

  @inline(never) @_optimize(none)
  public mutating func didEnter(_ function: Site) { rayc_note_absence() }
  @inline(never) @_optimize(none)
  public mutating func willLeave(_ function: Site) { rayc_note_absence() }

  /// What the glue calls behind a call, with the error as the pass hands it over; nil: there is
  /// none. A context that only asks whether there is one has a method of this name, and then
  /// calls nothing.
  @inlinable @inline(__always)
  public mutating func _didCall(_ site: Site, _ error: UnsafeRawPointer?) {
    didCall(site, Outcome(_error: error))
  }

  public mutating func merge(_ other: Self) {}
  public mutating func finish() {}
}

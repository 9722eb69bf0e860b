// Stage 5: the built-in context behind `overdub(&context)`: it hands every event on to the
// contexts of the program's own, by the extent that the running thread is in. A build whose
// program imports Ray has it behind its other contexts. What no context of the program has a hook
// for is left out, by conditions that the driver sets.
import Ray

#if RAYC_READ_ONLY
  private var isReadOnly: Bool { true }
#else
  private var isReadOnly: Bool { false }
#endif

public struct Dispatch: RayContext {
  public init() {}
  public mutating func willCall(_ site: Site, _ arguments: Arguments) {
    _dispatchWillCall(site, arguments)
  }
  public mutating func didCall(_ site: Site, _ outcome: Outcome) {
    _dispatchDidCall(site, outcome)
  }
  public mutating func outcome<T>(
    _ outcome: Result<T, any Error>, of site: Site
  ) -> Result<T, any Error> {
    _dispatchOutcome(outcome, of: site, isReadOnly: isReadOnly)
  }
  public mutating func result<T>(_ value: T, of site: Site) -> T {
    _dispatchResult(value, of: site, isReadOnly: isReadOnly)
  }
  public mutating func load<T>(_ value: T, at site: Site) -> T {
    _dispatchLoad(value, at: site, isReadOnly: isReadOnly)
  }
  #if RAYC_STORES
    public mutating func store<T>(_ value: T, at site: Site) -> T {
      _dispatchStore(value, at: site, isReadOnly: isReadOnly)
    }
  #endif
  #if RAYC_OPERATORS
    public mutating func operation<T>(_ result: T, of site: Site, _ operands: Arguments) -> T {
      _dispatchOperation(result, of: site, operands, isReadOnly: isReadOnly)
    }
  #endif
  #if RAYC_RUNTIME
    public mutating func runtime(_ operation: RuntimeOperation, at site: Site) {
      _dispatchRuntime(operation, at: site)
    }
  #endif
}

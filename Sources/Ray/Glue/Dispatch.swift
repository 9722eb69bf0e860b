// Stage 5: the built-in context behind `overdub(&context)`: it hands every event on to the
// contexts of the program's own, by the extent that the running thread is in. A build whose
// program imports Ray has it behind its other contexts.
import Ray

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
    _dispatchOutcome(outcome, of: site)
  }
  public mutating func result<T>(_ value: T, of site: Site) -> T {
    _dispatchResult(value, of: site)
  }
  public mutating func load<T>(_ value: T, at site: Site) -> T {
    _dispatchLoad(value, at: site)
  }
}

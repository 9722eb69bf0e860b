// Stage 5: the built-in context behind `rayc run --live`: it hands every event on to a context in a
// library, which can be exchanged while the program runs. What the program's context has no hook
// for is left out, by conditions that the driver sets.
import Ray

#if RAYC_READ_ONLY
  private var isReadOnly: Bool { true }
#else
  private var isReadOnly: Bool { false }
#endif

public struct Live: ConfigurableContext {
  var state: LiveState

  /// The arguments are those of the context in the library, which asks for them itself.
  public init(arguments: [String]) { state = LiveState() }

  public mutating func willCall(_ site: Site, _ arguments: Arguments) {
    state.willCall(site, arguments)
  }
  public mutating func didCall(_ site: Site, _ outcome: Outcome) {
    state.didCall(site, outcome)
  }
  public mutating func outcome<T>(
    _ outcome: Result<T, any Error>, of site: Site
  ) -> Result<T, any Error> {
    state.outcome(outcome, of: site, isReadOnly: isReadOnly)
  }
  public mutating func result<T>(_ value: T, of site: Site) -> T {
    state.result(value, of: site, isReadOnly: isReadOnly)
  }
  public mutating func load<T>(_ value: T, at site: Site) -> T {
    state.load(value, at: site, isReadOnly: isReadOnly)
  }
  #if RAYC_STORES
    public mutating func store<T>(_ value: T, at site: Site) -> T {
      state.store(value, at: site, isReadOnly: isReadOnly)
    }
  #endif
  #if RAYC_OPERATORS
    public mutating func operation<T>(_ result: T, of site: Site, _ operands: Arguments) -> T {
      state.operation(result, of: site, operands, isReadOnly: isReadOnly)
    }
  #endif
  #if RAYC_RUNTIME
    public mutating func runtime(_ operation: RuntimeOperation, at site: Site) {
      state.runtime(operation, at: site)
    }
  #endif

  public mutating func merge(_ other: Live) { state.merge(other.state) }
  public mutating func finish() { state.finish() }
}

import Ray

/// Has a hook for every point and boxes whatever it can see: arguments and receivers, errors,
/// results, loaded and stored values, operands. It gives back what comes out of the box.
struct Looking: RayContext {
  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    for argument in arguments { look(argument) }
    if let receiver = arguments.receiver { look(receiver) }
  }
  mutating func didCall(_ site: Site, _ outcome: Outcome) {
    if case .threw(let error) = outcome { look(error) }
  }
  mutating func outcome<T>(_ outcome: Result<T, any Error>, of site: Site) -> Result<T, any Error> {
    outcome.map(boxed)
  }
  mutating func result<T>(_ value: T, of site: Site) -> T { boxed(value) }
  mutating func load<T>(_ value: T, at site: Site) -> T { boxed(value) }
  mutating func store<T>(_ value: T, at site: Site) -> T { boxed(value) }
  mutating func operation<T>(_ result: T, of site: Site, _ operands: Arguments) -> T {
    for operand in operands { look(operand) }
    return boxed(result)
  }
  mutating func runtime(_ operation: RuntimeOperation, at site: Site) { look(operation) }
}

@inline(never) @_optimize(none)
private func look(_ value: Any) {}

/// The value, by way of an existential. A cast that goes further than the box, to what is in an
/// optional say, is left alone.
@inline(never)
private func boxed<T>(_ value: T) -> T {
  let box: Any = value
  look(box)
  return type(of: box) == T.self ? box as! T : value
}

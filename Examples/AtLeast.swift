import Ray

/// Lets the program read no `Double` below a limit.
struct AtLeast: ConfigurableContext {
  let limit: Double

  init(arguments: [String]) throws {
    guard let limit = arguments.first.flatMap(Double.init) else {
      throw Problem(description: "write the limit behind the type, as in 'AtLeast 2.5'")
    }
    self.limit = limit
  }

  mutating func load<T>(_ value: T, at site: Site) -> T {
    guard let number = value as? Double, number < limit else { return value }
    return limit as! T
  }
}

struct Problem: Error, CustomStringConvertible {
  let description: String
}

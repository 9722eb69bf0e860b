import Ray

/// Writes down the numeric calls of a program: those that return a `Double`, and what they return.
///
///     $ rayc run -W Examples/Numbers.swift:Numbers Examples/Rosenbrock.swift
///     2705.0
///     0.0
///     rosenbrock(_:) = 2705.0 at Rosenbrock.swift:15:7
///     rosenbrock(_:) = 0.0 at Rosenbrock.swift:16:7
///     and 20 numbers out of arrays
struct Numbers: RayContext {
  var lines: [String] = []
  var elements = 0

  mutating func result<T>(_ value: T, of site: Site) -> T {
    guard site.typing == .exact, let number = value as? Double else { return value }
    if site.shortCallee.contains("subscript") {
      elements += 1
    } else {
      let name = site.shortCallee.split(separator: ".").last ?? ""
      lines.append("\(name) = \(number) at \(site.location)")
    }
    return value
  }

  func finish() {
    for line in lines { print(line) }
    print("and \(elements) numbers out of arrays")
  }
}

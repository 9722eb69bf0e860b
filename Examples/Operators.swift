import Ray

/// Prints every operator that the program's source has, with its operands and what comes out:
///
///     rayc run -W Examples/Operators.swift:Operators Examples/Rosenbrock.swift
struct Operators: RayContext {
  mutating func operation<T>(_ result: T, of site: Site, _ operands: Arguments) -> T {
    print("\(site.location)  \(site.callee)\(operands) = \(result)")
    return result
  }
}

/// Adds where the program multiplies.
struct Adding: RayContext {
  mutating func operation<T>(_ result: T, of site: Site, _ operands: Arguments) -> T {
    guard site.callee == "Swift.Double.*", let left = operands[0] as? Double,
      let right = operands[1] as? Double
    else { return result }
    return left + right as! T
  }
}

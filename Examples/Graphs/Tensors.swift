// A small tensor library of the kind that is pleasant to write with and slow to run: every tensor
// is an existential, every operation is looked up by its name and is a closure, every step makes a
// new array. `energy(_:)` is what it computes with.
import Glibc

protocol Tensor {
  var values: [Double] { get }
  func map(_ transform: (Double) -> Double) -> any Tensor
}

struct Vector: Tensor {
  var values: [Double]

  func map(_ transform: (Double) -> Double) -> any Tensor {
    Vector(values: values.map(transform))
  }
}

/// The same value everywhere.
struct Fill: Tensor {
  var value: Double
  var count: Int

  var values: [Double] { Array(repeating: value, count: count) }

  func map(_ transform: (Double) -> Double) -> any Tensor {
    Fill(value: transform(value), count: count)
  }
}

/// A tensor times a factor, not yet computed.
final class Scaled: Tensor {
  let base: any Tensor
  let factor: Double

  init(_ base: any Tensor, by factor: Double) {
    self.base = base
    self.factor = factor
  }

  var values: [Double] { base.values.map { $0 * factor } }

  func map(_ transform: (Double) -> Double) -> any Tensor {
    Vector(values: values.map(transform))
  }
}

enum TensorError: Error {
  case unknown(String)
  case shape(Int, Int)
}

/// Operations by name.
struct Library {
  typealias Operation = ([any Tensor]) throws -> any Tensor
  private var operations: [String: Operation] = [:]

  subscript(name: String) -> Operation? {
    get { operations[name] }
    set { operations[name] = newValue }
  }

  mutating func define(_ name: String, pairs combine: @escaping (Double, Double) -> Double) {
    operations[name] = { arguments in
      let (a, b) = (arguments[0].values, arguments[1].values)
      guard a.count == b.count else { throw TensorError.shape(a.count, b.count) }
      return Vector(values: zip(a, b).map { combine($0, $1) })
    }
  }

  mutating func define(_ name: String, each transform: @escaping (Double) -> Double) {
    operations[name] = { $0[0].map(transform) }
  }

  mutating func define(_ name: String, fold combine: @escaping (Double, Double) -> Double) {
    operations[name] = { arguments in
      let values = arguments[0].values
      return Fill(value: values.dropFirst().reduce(values[0], combine), count: values.count)
    }
  }

  func call(_ name: String, _ arguments: any Tensor...) throws -> any Tensor {
    guard let operation = operations[name] else { throw TensorError.unknown(name) }
    return try operation(arguments)
  }

  static let standard: Library = {
    var library = Library()
    library.define("add", pairs: +)
    library.define("subtract", pairs: -)
    library.define("multiply", pairs: *)
    library.define("divide", pairs: /)
    library.define("square", each: { $0 * $0 })
    library.define("root", each: { sqrt($0) })
    library.define("soft", each: { $0 / (1 + $0.magnitude) })
    library.define("sum", fold: +)
    library.define("product", fold: *)
    library["shift"] = { arguments in
      let values = arguments[0].values
      return Vector(values: Array(values.dropFirst()) + [values[0]])
    }
    return library
  }()
}

/// An expression, built and then evaluated in an environment.
indirect enum Expression {
  case variable(String)
  case constant(Double)
  case scaled(Expression, Double)
  case apply(String, [Expression])

  func evaluate(_ environment: [String: any Tensor], _ library: Library) throws -> any Tensor {
    switch self {
    case .variable(let name):
      guard let tensor = environment[name] else { throw TensorError.unknown(name) }
      return tensor
    case .constant(let value):
      return Fill(value: value, count: environment.values.first?.values.count ?? 0)
    case .scaled(let base, let factor):
      return Scaled(try base.evaluate(environment, library), by: factor)
    case .apply(let name, let operands):
      let tensors = try operands.map { try $0.evaluate(environment, library) }
      guard let operation = library[name] else { throw TensorError.unknown(name) }
      return try operation(tensors)
    }
  }

  static func + (a: Expression, b: Expression) -> Expression { .apply("add", [a, b]) }
  static func - (a: Expression, b: Expression) -> Expression { .apply("subtract", [a, b]) }
  static func * (a: Expression, b: Expression) -> Expression { .apply("multiply", [a, b]) }
  static func / (a: Expression, b: Expression) -> Expression { .apply("divide", [a, b]) }
}

/// A chain of points, pulled by their neighbours and held by a soft potential.
let energyExpression: Expression = {
  let x = Expression.variable("x")
  let pull = Expression.apply("square", [.apply("shift", [x]) - x])
  let hold = Expression.apply("soft", [.scaled(x, 3) + .constant(0.25)])
  let norm = Expression.apply("root", [.apply("sum", [.apply("square", [x])]) + .constant(1)])
  return .apply("sum", [.scaled(pull, 0.5) + hold * hold / norm])
}()

/// What the example computes, of four numbers or any other count.
@inline(never)
func energy(_ xs: [Double]) -> Double {
  guard let tensor = try? energyExpression.evaluate(["x": Vector(values: xs)], .standard) else {
    return .nan
  }
  return tensor.values[0]
}

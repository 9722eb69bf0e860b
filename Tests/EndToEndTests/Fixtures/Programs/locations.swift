// What calls and variables look like in a source: each form that debug information points at.
struct Vector: ExpressibleByArrayLiteral, Equatable {
  var x = 0.0, y = 0.0
  init(arrayLiteral elements: Double...) { x = elements[0]; y = elements[1] }
  static func * (left: Vector, right: Double) -> Vector { [left.x * right, left.y * right] }
  var length: Double { x * x + y * y }
  subscript(axis: Int) -> Double {
    get { axis == 0 ? x : y }
    set { if axis == 0 { x = newValue } else { y = newValue } }
  }
  func scaled(by factor: Double = standardFactor()) -> Vector { self * factor }
}
func standardFactor() -> Double { 2 }
@propertyWrapper struct Positive {
  var wrappedValue: Double { didSet { wrappedValue = max(wrappedValue, 0) } }
}
final class Robot {
  @Positive var speed = 1.0
  var name: String?
  lazy var path: [Vector] = [[0, 0]]
  func move(_ by: Vector) throws -> Double {
    guard speed > 0, let last = path.last else { throw Stopped() }
    path.append([last.x + by.x, last.y + by.y])
    return path[path.count - 1].length
  }
}
struct Stopped: Error {}
func apply<T>(_ value: T, _ change: (T) throws -> T) rethrows -> T { try change(value) }
func drive(_ robot: Robot) throws -> String {
  defer { robot.name = nil }
  var total = try robot.move([3, 4])
  for step in [1.0, 2.0].map({ Vector(arrayLiteral: $0, 1) }) where step != [0, 0] {
    total += try robot.move(step * 2)
  }
  robot.path[0][1] = total
  let counts = ["a": 1, "b": 2]
  let sum = counts.values.reduce(0, +) + (counts["a"] ?? 0)
  let twice = apply(robot.path[0]) { $0.scaled() }
  return "\(robot.name ?? "robot \(sum)") went \(total) to \(twice[1]) at \(robot.path.map(\.x))"
}
print(try drive(Robot()))

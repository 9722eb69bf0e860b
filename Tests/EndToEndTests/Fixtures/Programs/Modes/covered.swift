/// Every kind of function that the compiler counts runs of, none of them on two threads at once.
protocol Shape { func area() -> Double }
struct Square: Shape {
  var side: Double
  func area() -> Double { side * side }
}
final class Circle: Shape {
  let radius: Double
  lazy var diameter = radius * 2
  init(radius: Double) { self.radius = radius }
  func area() -> Double { 3 * radius * radius }
  deinit { if radius > 2 { print("large") } else { print("small") } }
}

enum Failure: Error { case negative, never }

func half(_ value: Int) throws -> Int {
  guard value >= 0 else { throw Failure.negative }
  return value.isMultiple(of: 2) ? value / 2 : value
}

func largest<T: Comparable>(_ values: [T], or other: @autoclosure () -> T) -> T {
  var largest: T?
  for value in values where largest.map({ $0 < value }) ?? true { largest = value }
  return largest ?? other()
}

@propertyWrapper struct Clamped {
  var wrappedValue: Int { didSet { if wrappedValue > 9 { wrappedValue = 9 } } }
}

struct Settings {
  @Clamped var level = 1
  subscript(index: Int) -> Int { index == 0 ? level : -1 }
}

func steps(_ count: Int) async throws -> Int {
  var sum = 0
  for step in 0..<count {
    await Task.yield()
    sum += try half(step)
  }
  return sum
}

func neverCalled(_ value: Int) -> Int {
  switch value {
  case 0: 1
  default: 2
  }
}

@main struct Main {
  static func main() async throws {
    let shapes: [any Shape] = [Square(side: 2), Circle(radius: 1), Circle(radius: 3)]
    print(shapes.map { $0.area() }.reduce(0, +))
    for value in [4, 5, -6] {
      do { print(try half(value)) } catch Failure.negative { print("negative") }
    }
    print(largest([3, 1, 4], or: 0), largest([], or: "none"))
    var settings = Settings()
    settings.level += 20
    print(settings[0], settings[1], [settings].map(\.level))
    print(try await steps(5))
    var left = 3
    repeat { left -= 1 } while left > 0
    print(CommandLine.arguments.count > 9 ? neverCalled(left) : left)
  }
}

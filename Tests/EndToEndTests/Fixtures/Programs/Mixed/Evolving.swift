/// A library that may be replaced by a later one: clients know no layout of it.
public struct Point: Hashable, Sendable {
  public var x: Double, y: Double
  private var note = "made"
  public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
  public var length: Double { abs(x) + abs(y) }
  public static var origin = Point(x: 0, y: 0)
  public mutating func move(by distance: Point) { (x, y) = (x + distance.x, y + distance.y) }
  public subscript(index: Int) -> Double {
    get { index == 0 ? x : y }
    _modify { if index == 0 { yield &x } else { yield &y } }
  }
}

@frozen public struct Pair { public var first: Int, second: String; public init(_ n: Int) { first = n; second = "\(n)" } }

public enum Event { case none, moved(Point), named(String, Int), failed(any Error) }
public enum Problem: Error { case negative(Int), large }

@inlinable public func events(_ n: Int) -> [Event] { [.none, moved(n), .named("n", n), .failed(Problem.negative(n))] }
public func moved(_ n: Int) -> Event { .moved(Point(x: Double(n), y: 1)) }

open class Base {
  public var point = Point(x: 1, y: 2)
  public init() {}
  deinit { print("gone", point.x) }
  open func name() -> String { "base" }
  open var size: Int { get { 1 } set { point.x = Double(newValue) } }
  open func later(_ n: Int) async throws -> Point { await Task.yield(); return Point(x: Double(n), y: point.y) }
}

public protocol Visitor: AnyObject {
  associatedtype Seen
  func visit(_ event: Event) throws(Problem) -> Seen
  func finish() async -> String
}
extension Visitor {
  public func finish() async -> String { await Task.yield(); return "finished" }
  public func all(_ events: [Event]) -> [Result<Seen, Problem>] {
    events.map { event in Result { () throws(Problem) -> Seen in try visit(event) } }
  }
}

/// What both sides take part in: the library calls the client back.
public func work<V: Visitor>(_ visitor: V, _ base: Base, _ body: (inout Point) throws -> Void) async rethrows -> String {
  base.size += 3
  try body(&base.point)
  let seen = visitor.all(events(-2))
  let later = (try? await base.later(7)) ?? .origin
  return "\(base.name()) \(base.size) \(later.length) \(seen) \(await visitor.finish())"
}
func count(_ visitor: some Visitor, _ n: Int) -> Int { visitor.all(events(n)).count }
public func anyVisitor(_ visitor: any Visitor, _ n: Int) -> Int { count(visitor, n) }

public actor Counting {
  private var sum = 0
  public init() {}
  public func add(_ n: Int, _ body: @Sendable (Int) async -> Int) async -> Int { sum += await body(n); return sum }
}

@c(evolving_double) public func double(_ n: CInt) -> CInt { n * 2 }

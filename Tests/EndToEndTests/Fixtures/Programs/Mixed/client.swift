import Evolving

final class Derived: Base {
  override func name() -> String { "derived " + super.name() }
  override var size: Int { didSet { print("size from", oldValue) } }
  override func later(_ n: Int) async throws -> Point {
    if n > 100 { throw Problem.large }
    return try await super.later(n + 1)
  }
}

final class Describing: Visitor {
  var count = 0
  func visit(_ event: Event) throws(Problem) -> String {
    count += 1
    switch event {
    case .none: return "none"
    case .moved(let point): return "moved \(point[0]) \(point.length)"
    case .named(let name, let n): return name + String(n)
    case .failed(let error as Problem): throw error
    case .failed: return "failed"
    @unknown default: return "later"
    }
  }
}
final class Short: Visitor {
  func visit(_ event: Event) -> Int { 1 }
  func finish() async -> String { "short" }
}

struct Segment: Hashable {
  var from: Point
  var to: Point
}

@_silgen_name("evolving_double") func double(_ n: Int32) -> Int32

@main struct Main {
  static func main() async throws {
    for base in [Base(), Derived()] {
      print(await work(Describing(), base) { point in point.move(by: Point(x: 1, y: 1)) })
      do {
        print(try await work(Short(), base) { point in
          point[1] *= 2
          if point.y > 8 { throw Problem.large }
        })
        print(try await base.later(101).x)
      } catch { print("caught", error) }
    }
    print(anyVisitor(Short(), 3), anyVisitor(Describing(), -1))
    var segment = Segment(from: Point(x: 0, y: 1), to: .origin)
    segment.to[keyPath: \.x] += 4
    Point.origin.y = 9
    print(segment, Point.origin.length, Set([segment, segment]).count, Pair(5), double(21))
    let counting = Counting()
    print(await counting.add(1) { await Task.yield(); return $0 * 2 }, await counting.add(2) { $0 })
  }
}

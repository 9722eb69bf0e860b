// Becomes the module Static, Shared and Evolving.
import Marks

@inline(never) public func direct(_ n: Int) -> Int { mark(); return n }
@inlinable public func inlinable(_ n: Int) -> Int { mark(); return direct(n) }
@inline(never) public func twice<T>(_ value: T, _ f: (T) throws -> T) rethrows -> T { mark(); return try f(f(value)) }
@inline(never) public func adder(_ n: Int) -> (Int) -> Int { { mark(); return $0 + n } }
public let global: [Int] = { mark(); return [1, 2, 3] }()

open class Base {
  public init() { mark() }
  deinit { mark() }
  open func name() -> String { mark(); return "base" }
  open var value: Int { get { mark(); return 1 } set { mark() } }
  open func later() async -> String { mark(); await Task.yield(); return "later " + name() }
}

public protocol Part { associatedtype Result; func result() -> Result; func later() async throws -> Result }
extension Part { public func described() -> String { mark(); return "<\(result())>" } }
public struct Half: Part {
  public var n: Int
  public init(_ n: Int) { self.n = n }
  public func result() -> Double { mark(); return Double(n) / 2 }
  public func later() async throws -> Double { mark(); await Task.yield(); return result() }
  public var doubled: Int { _read { mark(); yield n } _modify { mark(); yield &n } }
  public subscript(_ i: Int) -> Int { get { mark(); return n + i } set { mark(); n = newValue } }
}
@inline(never) public func all<P: Part>(_ parts: [P]) -> [P.Result] { parts.map { mark(); return $0.result() } }
@inline(never) public func anyDescription(_ part: any Part) -> String { mark(); return part.described() }

public actor Counting {
  var n = 0
  public init() {}
  public func next() -> Int { mark(); n += 1; return n }
}
@inline(never) public func group(_ n: Int, _ work: @escaping @Sendable (Int) async -> Int) async -> Int {
  await withTaskGroup(of: Int.self) { g in
    for i in 0..<n { g.addTask { mark(); return await work(i) } }
    return await g.reduce(0, +)
  }
}

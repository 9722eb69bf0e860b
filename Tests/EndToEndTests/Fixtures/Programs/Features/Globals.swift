// Globals and statics: initialised lazily, once, in order of use, by several threads; thread-local, computed.

import Dispatch
import Synchronization

let order = Mutex<[String]>([])
func note<T>(_ name: String, _ value: T) -> T { order.withLock { $0.append(name) }; return value }

enum First { static let value = note("first", Second.value + 1); static let text: String = { note("closure", "text") }(); nonisolated(unsafe) static var counter = note("counter", 10) { didSet { note("did \(oldValue)", ()) } } }
enum Second { static let value = note("second", 41); static let never = note("never", 0) }
struct Generic<T> { static var name: String { note("generic \(T.self)", "\(T.self)") }; static func make() -> [T] { [] } }
final class Singleton: Sendable { static let shared = Singleton(); let n: Int; private init() { n = note("singleton", 7) }; class var kind: String { "kind" }; deinit { print("never seen") } }
class Base { class var table: [String: Int] { ["base": 1] }; nonisolated(unsafe) static var made = note("made", [String]()); init() { Base.made.append("\(type(of: self))") } }
final class Derived: Base { override class var table: [String: Int] { super.table.merging(["derived": 2]) { $1 } } }
protocol Configured { static var defaults: [Int] { get } ; static var limit: Int { get } }
extension Configured { static var limit: Int { defaults.count } }
extension Int: Configured { static let defaults = note("int", [1, 2, 3]) }
extension String: Configured { static let defaults = note("string", [9]); static let limit = note("limit", 100) }
func sum<T: Configured>(_: T.Type) -> Int { T.defaults.reduce(T.limit, +) }
func local() -> Int { struct Local { nonisolated(unsafe) static var calls = note("local", 0) }; Local.calls += 1; return Local.calls }
let (left, right) = note("pair", (1, "two"))
nonisolated(unsafe) var table = note("table", [1: "one"])
let big = note("big", (0..<1000).map { $0 * $0 })
let function: @Sendable (Int) -> Int = { $0 * left }
let total = Atomic(0)

print(order.withLock { $0 })
print(left, right, table, big[999], function(5), local(), local())
table[2] = "two"
print(First.value, First.value, First.text, Second.value, Generic<Int>.name, Generic<[String]>.make().isEmpty)
First.counter += 5
First.counter *= 2
print(First.counter, Singleton.shared.n, Singleton.shared === Singleton.shared, Singleton.kind)
_ = (Base(), Derived())
print(Base.made, Derived.table.sorted { $0.key < $1.key }.map(\.value), [Base.self, Derived.self].map { ($0 as Base.Type).table.count })
print(sum(Int.self), sum(String.self), table.count)
enum Racy { static let value = note("racy", 5) }
DispatchQueue.concurrentPerform(iterations: 8) { _ in total.add(Racy.value, ordering: .relaxed) }
print(total.load(ordering: .relaxed), order.withLock { $0.filter { $0 == "racy" }.count })
print(order.withLock { $0 })

// Code that primitives call: the standard library's functions, Foundation's, C's.
import Dispatch
import Foundation
import Observation
import Synchronization

struct Key: Hashable, Comparable, CustomStringConvertible {
  let n: Int
  static func == (a: Key, b: Key) -> Bool { mark(); return a.n == b.n }
  static func < (a: Key, b: Key) -> Bool { mark(); return a.n < b.n }
  func hash(into hasher: inout Hasher) { mark(); hasher.combine(n % 3) }
  var description: String { mark(); return "#\(n)" }
}

struct Countdown: Sequence, IteratorProtocol {
  var n: Int
  mutating func next() -> Int? { mark(); defer { n -= 1 }; return n > 0 ? n : nil }
}

struct Ring: RandomAccessCollection, MutableCollection {
  var items: [Int]
  var startIndex: Int { 0 }
  var endIndex: Int { mark(); return items.count }
  subscript(_ i: Int) -> Int { get { mark(); return items[i] } set { mark(); items[i] = newValue } }
}

struct Sink: TextOutputStream { var text = ""; mutating func write(_ s: String) { mark(); text += s } }

struct Record: Codable {
  var n: Int
  init(n: Int) { self.n = n }
  init(from decoder: any Decoder) throws { mark(); n = try decoder.singleValueContainer().decode(Int.self) }
  func encode(to encoder: any Encoder) throws { mark(); var c = encoder.singleValueContainer(); try c.encode(n) }
}

@c(twins_compare) public func compare(_ a: UnsafeRawPointer?, _ b: UnsafeRawPointer?) -> Int32 {
  mark()
  return a!.load(as: Int32.self) - b!.load(as: Int32.self)
}

final class Worker: Operation, @unchecked Sendable {
  override func main() { mark() }
}

let mutex = Mutex([1])
let keys = (0..<6).map { Key(n: ($0 * 5) % 6) }

let callbacks: [(String, Kind)] = [
  ("map, filter, reduce", .sync { "\([1, 2, 3].map { mark(); return $0 * 2 }.filter { mark(); return $0 > 2 }.reduce(0) { mark(); return $0 + $1 })" }),
  ("lazy map", .sync { "\(Array(opaque([1, 2, 3]).lazy.map { mark(); return $0 + 1 }))" }),
  ("sort", .sync { "\(opaque(keys).sorted().map(\.n)) \(opaque(keys).sorted(by: >).map(\.n))" }),
  ("sort by a closure", .sync { var a = opaque([3, 1, 2]); a.sort { mark(); return $0 > $1 }; return "\(a)" }),
  ("min and max", .sync { "\(opaque(keys).min()!.n) \(opaque(keys).max { mark(); return $0.n < $1.n }!.n)" }),
  ("withUnsafeBufferPointer", .sync { "\(opaque([1, 2]).withUnsafeBufferPointer { mark(); return $0.reduce(0, +) })" }),
  ("grouping", .sync { "\(Dictionary(grouping: opaque([1, 2, 3, 4])) { mark(); return $0 % 2 }.count)" }),
  ("set and dictionary", .sync {
    var d: [Key: Int] = [:]
    for k in opaque(keys) { d[k, default: 0] += k.n }
    return "\(Set(opaque(keys)).count) \(d[Key(n: 4)]!) \(d.keys.contains(Key(n: 9)))"
  }),
  ("equatable", .sync { "\(opaque(keys) == opaque(keys)) \(opaque(keys).firstIndex(of: Key(n: 2))!)" }),
  ("sequence", .sync { "\(Array(Countdown(n: 3))) \(Countdown(n: 4).contains(2)) \(zip(Countdown(n: 2), "ab").map { "\($0)\($1)" })" }),
  ("collection", .sync { var r = opaque(Ring(items: [3, 1, 2])); r.sort(); return "\(r.items) \(r.reversed().map { $0 })" }),
  ("description", .sync { "\(opaque(Key(n: 1))) \(String(describing: [opaque(Key(n: 2))]))" }),
  ("text output", .sync { var s = Sink(); print(1, "two", to: &s); return s.text }),
  ("codable", .sync {
    let data = try JSONEncoder().encode([Record(n: 1), Record(n: 2)])
    return "\(try JSONDecoder().decode([Record].self, from: data).map(\.n))"
  }),
  ("mutex", .sync { "\(mutex.withLock { mark(); return $0.count })" }),
  ("lock", .sync { "\(NSLock().withLock { mark(); return 1 })" }),
  ("C callback", .sync {
    var a: [Int32] = opaque([3, 1, 2])
    qsort(&a, 3, 4) { mark(); return $0!.load(as: Int32.self) - $1!.load(as: Int32.self) }
    return "\(a)"
  }),
  ("C function", .sync { var a: [Int32] = opaque([3, 1, 2]); qsort(&a, 3, 4, compare); return "\(a)" }),
  ("thread", .sync {
    var thread = pthread_t()
    pthread_create(&thread, nil, { _ in mark(); return nil }, nil)
    pthread_join(thread, nil)
    return "done"
  }),
  ("subclass of a primitive's class", .sync { Worker().start(); return "done" }),
  ("synchronous queue", .sync { "\(DispatchQueue(label: "q").sync { mark(); return 1 })" }),
  ("queue", .sync {
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) { mark() }
    group.wait()
    return "done"
  }),
  ("concurrent queue", .sync { DispatchQueue.concurrentPerform(iterations: 8) { _ in mark() }; return "done" }),
  ("observable", .sync {
    let model = Model()
    withObservationTracking { _ = model.n } onChange: { mark() }
    model.n += 1
    return "\(model.n)"
  }),
  ("stored before", .sync { Stored.closure(); return "\([1, 2].map(Stored.mapping))" }),
  ("stored before, called by C", .sync { var a: [Int32] = opaque([3, 1, 2]); qsort(&a, 3, 4, Stored.compare); return "\(a)" }),
  ("stored before, called by a primitive", .sync { DispatchQueue(label: "q").sync(execute: Stored.closure); return "done" }),
]

@Observable final class Model { var n = 0 { didSet { mark() } } }

/// Addresses of functions that plain code took.
enum Stored {
  nonisolated(unsafe) static var closure: () -> Void = { mark() }
  nonisolated(unsafe) static var mapping: (Int) -> Int = { mark(); return -$0 }
  nonisolated(unsafe) static var compare: @convention(c) (UnsafeRawPointer?, UnsafeRawPointer?) -> Int32 = {
    mark()
    return $0!.load(as: Int32.self) - $1!.load(as: Int32.self)
  }
  /// Called outside of every extent.
  static func make() { (_, _, _) = (closure, mapping, compare) }
}

// Sequences and collections of the program's own under the standard library's algorithms; copy on write.

struct Fibonacci: Sequence, IteratorProtocol { var a = 0, b = 1; mutating func next() -> Int? { guard a < 500 else { return nil }; defer { (a, b) = (b, a + b) }; return a } }
struct Deque<T>: RandomAccessCollection, MutableCollection, RangeReplaceableCollection, ExpressibleByArrayLiteral {
  private var front: [T] = [], back: [T] = []
  init() {}
  init(arrayLiteral elements: T...) { back = elements }
  var startIndex: Int { 0 }
  var endIndex: Int { front.count + back.count }
  subscript(_ i: Int) -> T {
    _read { if i < front.count { yield front[front.count - 1 - i] } else { yield back[i - front.count] } }
    _modify { if i < front.count { yield &front[front.count - 1 - i] } else { yield &back[i - front.count] } }
  }
  mutating func prepend(_ t: T) { front.append(t) }
  mutating func replaceSubrange<C: Collection>(_ r: Range<Int>, with new: C) where C.Element == T { var all = Array(self); all.replaceSubrange(r, with: new); front = []; back = all }
}
struct Bits: SetAlgebra, Hashable { var bits: UInt64 = 0; typealias Element = Int
  init() {}; init(_ b: UInt64) { bits = b }
  func contains(_ n: Int) -> Bool { bits & (1 << UInt64(n)) != 0 }
  mutating func insert(_ n: Int) -> (inserted: Bool, memberAfterInsert: Int) { defer { bits |= 1 << UInt64(n) }; return (!contains(n), n) }
  mutating func remove(_ n: Int) -> Int? { defer { bits &= ~(1 << UInt64(n)) }; return contains(n) ? n : nil }
  mutating func update(with n: Int) -> Int? { insert(n).inserted ? nil : n }
  func union(_ o: Bits) -> Bits { Bits(bits | o.bits) }; func intersection(_ o: Bits) -> Bits { Bits(bits & o.bits) }; func symmetricDifference(_ o: Bits) -> Bits { Bits(bits ^ o.bits) }
  mutating func formUnion(_ o: Bits) { bits |= o.bits }; mutating func formIntersection(_ o: Bits) { bits &= o.bits }; mutating func formSymmetricDifference(_ o: Bits) { bits ^= o.bits }
}
final class Key: Hashable, Comparable, CustomStringConvertible { nonisolated(unsafe) static var live = 0, compared = 0; let n: Int; init(_ n: Int) { self.n = n; Self.live += 1 }; deinit { Self.live -= 1 }
  static func == (l: Key, r: Key) -> Bool { compared += 1; return l.n == r.n }; func hash(into h: inout Hasher) { h.combine(n % 3) }; static func < (l: Key, r: Key) -> Bool { compared += 1; return l.n < r.n }; var description: String { "k\(n)" } }
struct Copied { private final class Storage { var values: [Int]; init(_ v: [Int]) { values = v } }; private var storage = Storage([]); private(set) var copies = 0
  mutating func append(_ n: Int) { if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.values); copies += 1 }; storage.values.append(n) }; var values: [Int] { storage.values } }
struct Chars: BidirectionalCollection { let s: String; var startIndex: String.Index { s.startIndex }; var endIndex: String.Index { s.endIndex }; subscript(_ i: String.Index) -> Character { s[i] }; func index(after i: String.Index) -> String.Index { s.index(after: i) }; func index(before i: String.Index) -> String.Index { s.index(before: i) } }

func run() {
  let f = Fibonacci()
  print(Array(f), f.reduce(0, +), f.filter { $0 % 2 == 0 }, f.prefix(4).map { $0 }, f.max()!, f.contains(34), f.first { $0 > 100 }!, f.dropFirst(10).map { $0 }, f.enumerated().map { $0 * $1 }.suffix(2), f.elementsEqual(f), f.lexicographicallyPrecedes([0, 2]), f.sorted(by: >).prefix(2), f.min { $0 > $1 }!, f.underestimatedCount)
  var d: Deque = [3, 1, 2]
  d.prepend(9); d.append(7); d.insert(contentsOf: [5, 6], at: 2)
  d.sort()
  d.swapAt(0, d.count - 1)
  d[1] += 100
  d.removeAll { $0 == 5 }
  print(Array(d), d.map { $0 * 2 }, d.reversed().map { $0 }, d[1..<3].reduce(0, +), d.firstIndex(of: 7) as Any, d.partition { $0 > 6 }, d.split { $0 == 3 }.count, d.indices.count, d.last as Any, d.popLast() as Any, d.isEmpty, Deque(d.lazy.filter { $0 > 2 }).count)
  d.reverse(); d.sort { $0 > $1 }
  print(Array(d), d.dropLast(2).count, d + [1], d.allSatisfy { $0 < 200 }, d.starts(with: d), zip(d, d.dropFirst()).map { $0 - $1 })
  var b: Bits = [1, 5, 9]
  print(b.insert(5).inserted, b.remove(1) as Any, b.union([2]), b.isSuperset(of: [9]), b.subtracting([5]), b.isDisjoint(with: [0]), Set([b, [5, 9], []]).count)
  var set: Set<Key> = [Key(1), Key(2), Key(4), Key(1)], dictionary: [Key: [Key]] = [:]
  for n in 0..<6 { dictionary[Key(n % 4), default: []].append(Key(n)); set.insert(Key(n)) }
  dictionary[Key(0)] = nil
  dictionary.merge([Key(1): [Key(50)]]) { $0 + $1 }
  print(set.sorted(), dictionary.keys.sorted(), dictionary[Key(1)]!, dictionary.mapValues(\.count).values.sorted(), Key.compared > 20, set.intersection([Key(2), Key(77)]), set.subtracting([Key(0)]).count, Dictionary(grouping: set) { $0.n % 2 }.mapValues { $0.sorted() }.sorted { $0.key < $1.key })
  var keys = (0..<200).map { Key(($0 * 37) % 101) }
  keys.sort()
  print(keys.first!, keys.last!, keys[50], keys.firstIndex(of: Key(50)) as Any, keys.max { $0.n % 10 < $1.n % 10 }!, keys.reduce(into: Set()) { $0.insert($1.n) }.count)
  keys.removeSubrange(10..<190)
  keys.insert(Key(-1), at: 3); keys.replaceSubrange(0..<2, with: [Key(-5)])
  print(keys.map(\.n), keys.lastIndex { $0.n < 0 } as Any)
  var c = Copied(); c.append(1); c.append(2)
  var e = c; e.append(3); c.append(4); e.append(5)
  print(c.values, c.copies, e.values, e.copies)
  var nested = [[1], [2, 3]], copy = nested
  nested[1][0] += 10; nested[0].append(contentsOf: nested[1]); copy.append([])
  for i in copy.indices { copy[i].append(i) }
  print(nested, copy, nested.joined().map { $0 }, nested.flatMap { $0 }.chunked_(2), Array(repeating: "x", count: 3), [Int](unsafeUninitializedCapacity: 2) { $0.initialize(repeating: 1); $1 = 2 })
  let chars = Chars(s: "héllo")
  print(String(chars.reversed()), chars.count, chars.last!, chars.dropFirst(2).first!, chars.suffix(2).map { $0 }, chars.index(chars.startIndex, offsetBy: 2) < chars.endIndex, AnyCollection(chars).count, AnySequence(chars).contains("o"))
  print(sequence(state: 5) { s in s -= 1; return s > 0 ? s : nil }.map { $0 }, (1...3).lazy.flatMap { [$0, $0] }.map { $0 * 2 }, Array([3, 1, 2].lazy.map { $0 + 1 }.filter { $0 > 2 }), ["a": 1, "b": 2].compactMapValues { $0 > 1 ? $0 : nil }, [1, 2, 3, 4].difference(from: [1, 3, 5]).count, [1, 2].applying([1, 2, 3].difference(from: [1, 2]))!, KeyValuePairs(dictionaryLiteral: ("z", 1), ("a", 2)).map(\.key), CollectionOfOne(5).map { $0 }, EmptyCollection<Int>().isEmpty, repeatElement(1, count: 2).map { $0 }, ContiguousArray([1, 2]).reversed().first!, [1, 2, 3][...1].startIndex)
}
extension Array { func chunked_(_ n: Int) -> [[Element]] { stride(from: 0, to: count, by: n).map { Array(self[$0..<Swift.min($0 + n, count)]) } } }
run()
print("live", Key.live)

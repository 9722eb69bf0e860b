// consuming, borrowing and inout of copyable values; Span, MutableSpan and ~Escapable.
// flags: -enable-experimental-feature Lifetimes

final class Owned {
  nonisolated(unsafe) static var live = 0
  let n: Int
  init(_ n: Int) { self.n = n; Self.live += 1 }
  deinit { Self.live -= 1; print("gone", n) }
}
struct Pair { var a: Owned, b: String }

func take(_ owned: consuming Owned) -> Int { owned.n }
func keep(_ owned: borrowing Owned) -> Int { owned.n }
func change(_ text: consuming String) -> String { text += " changed"; return text }
func look(_ text: borrowing String) -> Int { text.utf8.count }
func swapIn(_ slot: inout Owned, _ new: consuming Owned) -> Owned { let old = slot; slot = new; return old }
func several(_ a: consuming [Int], _ b: borrowing [Int], _ c: inout [Int]) -> Int {
  a.append(1)
  let n = a.count
  c.append(contentsOf: a)
  return n + b.count
}
struct Machine {
  var parts: [Owned]
  consuming func first() -> Owned { parts[0] }
  borrowing func count() -> Int { parts.count }
  mutating func add(_ part: __owned Owned) { parts.append(part) }
}

func sum(_ span: Span<Int>) -> Int { var s = 0; for i in span.indices { s += span[i] }; return s }
func double(_ span: inout MutableSpan<Int>) { for i in span.indices { span[i] *= 2 } }
func words(_ span: Span<String>) -> String { (0..<span.count).map { span[$0] }.joined(separator: "+") }
func bytes(_ raw: RawSpan) -> Int { (0..<raw.byteCount).reduce(0) { $0 + Int(raw.unsafeLoad(fromByteOffset: $1, as: UInt8.self)) } }

struct Cursor: ~Escapable {
  private let span: Span<UInt8>
  private var at = 0
  @_lifetime(copy span)
  init(_ span: Span<UInt8>) { self.span = span }
  mutating func next() -> UInt8? {
    guard at < span.count else { return nil }
    defer { at += 1 }
    return span[at]
  }
}

func run() {
  let first = Owned(1)
  print(take(first), keep(first), take(Owned(2)))
  var slot = Owned(3)
  print(swapIn(&slot, Owned(4)).n, slot.n)
  var text = "text"
  print(change(text), look(text), text)
  text = change(consume text)
  print(text)
  var numbers = [9]
  print(several(numbers, [1, 2], &numbers), numbers)
  var machine = Machine(parts: [Owned(5)])
  machine.add(Owned(6))
  print(machine.count(), machine.first().n)
  let pair = Pair(a: Owned(7), b: "pair")
  let moved = consume pair
  print(moved.a.n, moved.b)

  var array = [1, 2, 3, 4]
  print(sum(array.span), sum(array.span.extracting(1..<3)))
  var mutable = array.mutableSpan
  double(&mutable)
  print(array, words(["a", "b", "long enough for the heap, really"].span), bytes(array.span.bytes))
  let contiguous = ContiguousArray([1.5, 2.5])
  print(contiguous.span[1], contiguous.span.isEmpty)
  let utf8 = Array("cursor".utf8)
  var cursor = Cursor(utf8.span)
  var total = 0
  while let byte = cursor.next() { total += Int(byte) }
  print(total)
  withUnsafeTemporaryAllocation(of: Int.self, capacity: 4) { buffer in
    buffer.initialize(repeating: 3)
    var span = buffer.mutableSpan
    span[2] = 10
    print(buffer.reduce(0, +))
  }
}
run()
print("live", Owned.live)

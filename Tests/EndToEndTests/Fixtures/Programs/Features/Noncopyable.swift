// ~Copyable: structs with deinit, enums, generics, optionals, consuming and discarding.

import Synchronization

nonisolated(unsafe) var live = 0

struct File: ~Copyable {
  let name: String
  private var position = 0
  init(_ name: String) { self.name = name; live += 1; print("open", name) }
  deinit { live -= 1; print("close", name, position) }
  mutating func read(_ n: Int) -> Int { position += n; return position }
  borrowing func peek() -> Int { position }
  consuming func close() -> String { "closed \(name)" }
}
struct Simple: ~Copyable {
  var handle: Int32
  init(_ handle: Int32) { self.handle = handle; live += 1 }
  consuming func take() -> Int32 { let h = handle; live -= 1; discard self; return h }
  deinit { live -= 1; print("simple", handle) }
}
struct Two: ~Copyable { var first: File, second: File; deinit { print("two end") } }
struct Plain: ~Copyable { var first: File; var second: Simple }
enum Either: ~Copyable { case left(File), right(Simple), neither }

struct Box<T: ~Copyable>: ~Copyable {
  private let pointer: UnsafeMutablePointer<T>
  init(_ value: consuming T) {
    pointer = .allocate(capacity: 1)
    pointer.initialize(to: value)
  }
  var value: T { _read { yield pointer.pointee } _modify { yield &pointer.pointee } }
  consuming func unwrap() -> T {
    let value = pointer.move()
    pointer.deallocate()
    discard self
    return value
  }
  deinit { pointer.deinitialize(count: 1); pointer.deallocate() }
}
extension Optional where Wrapped: ~Copyable {
  mutating func pull() -> Wrapped? { let value = consume self; self = nil; return value }
}

protocol Resource: ~Copyable { borrowing func label() -> String; mutating func use(); consuming func end() }
extension File: Resource {
  func label() -> String { "file \(name)" }
  mutating func use() { _ = read(100) }
  consuming func end() { print("end of", name) }
}
func cycle<R: Resource & ~Copyable>(_ resource: consuming R) -> String {
  var resource = resource
  resource.use()
  let label = resource.label()
  resource.end()
  return label
}
final class Owner {
  var file: File
  var spare: File?
  init(_ name: String) { file = File(name); spare = File(name + " spare") }
  func exchange(_ new: consuming File) -> File { let old = consume new; return swap_(old) }
  private func swap_(_ new: consuming File) -> File {
    var new: File = new
    swap(&new, &file)
    return new
  }
  deinit { print("owner ends") }
}

func make(_ n: Int) -> Either {
  switch n { case 0: .left(File("left")); case 1: .right(Simple(7)); default: .neither }
}
func maybe(_ ok: Bool) throws(Refusal) -> File { if !ok { throw Refusal() }; return File("maybe") }
struct Refusal: Error {}
func borrow(_ file: borrowing File) -> Int { file.peek() + file.name.count }
func change(_ file: inout File) { _ = file.read(5) }
func consumeSome(_ file: consuming File, _ keep: Bool) -> File? { if keep { return file }; return nil }
func visit<R: ~Copyable>(_ either: borrowing Either, _ body: (borrowing File) -> R, _ other: () -> R) -> R {
  switch either {
  case .left(let file): body(file)
  case .right: other()
  case .neither: other()
  }
}

func run() throws {
  var a = File("a")
  change(&a)
  print(borrow(a), a.read(2), a.peek())
  print(a.close())
  a = File("again")
  print(File("temporary").close(), Simple(3).take())
  do { let b = File("b"); let c = consumeSome(b, true); print(c == nil) }
  do { let gone = consumeSome(File("c"), false) == nil; print(gone) }
  let two = Two(first: File("one"), second: File("two"))
  print(borrow(two.first) + borrow(two.second))
  let plain = Plain(first: File("p1"), second: Simple(9))
  let part = plain.first
  print(part.name)
  for n in 0..<3 {
    let either = make(n)
    print(visit(either, { $0.name }, { "no file" }))
    switch consume either {
    case .left(let file): print("left", file.close())
    case .right(let simple): print("right", simple.take())
    case .neither: print("neither")
    }
  }
  var box = Box(File("boxed"))
  _ = box.value.read(3)
  print(box.value.peek(), Box(5).value)
  var file = box.unwrap()
  change(&file)
  print(file.peek())
  var optional: File? = File("optional")
  if let pulled = optional.pull() { print("pulled", pulled.name) }
  print(optional == nil)
  optional = File("second")
  optional?.use()
  print(optional?.peek() ?? -1)
  print(cycle(File("resource")))
  let owner = Owner("owned")
  owner.file.use()
  owner.spare = nil
  print(owner.exchange(File("new")).name, owner.file.name, borrow(owner.file))
  do { let m = try maybe(true); print(m.name); _ = try maybe(false) } catch { print("caught", error) }
  let moved = { (file: consuming File) in file.name.count }(File("closure"))
  print(moved)
  for i in 0..<3 { let f = File("loop \(i)"); if i == 1 { continue }; print(f.name) }
  let atomic = Atomic(5)
  print(atomic.add(2, ordering: .relaxed).newValue)
}
try run()
print("live", live)

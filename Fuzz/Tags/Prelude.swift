// What generated programs are made of: where values get tags, where tags are looked at, and
// helpers whose twins in reference.py do the same to values with sets of inputs.
import Glibc

@inline(never) @_optimize(none) func input(_ bit: Int, _ x: Int) -> Int { x }
@inline(never) @_optimize(none) func inputD(_ bit: Int, _ x: Double) -> Double { x }
@inline(never) @_optimize(none) func inputF(_ bit: Int, _ x: Float) -> Float { x }
@inline(never) @_optimize(none) func input32(_ bit: Int, _ x: Int32) -> Int32 { x }
@inline(never) @_optimize(none) func input8(_ bit: Int, _ x: UInt8) -> UInt8 { x }
@inline(never) @_optimize(none) func inputB(_ bit: Int, _ x: Bool) -> Bool { x }

@inline(never) @_optimize(none) func sink(_ id: Int, _ x: Int) { print(id, x) }
@inline(never) @_optimize(none) func sinkD(_ id: Int, _ x: Double) {
  print(id, x.isNaN ? "nan" : "\(x.bitPattern)")
}
@inline(never) @_optimize(none) func sinkF(_ id: Int, _ x: Float) {
  print(id, x.isNaN ? "nan" : "\(x.bitPattern)")
}
@inline(never) @_optimize(none) func sink32(_ id: Int, _ x: Int32) { print(id, x) }
@inline(never) @_optimize(none) func sink8(_ id: Int, _ x: UInt8) { print(id, x) }
@inline(never) @_optimize(none) func sinkB(_ id: Int, _ x: Bool) { print(id, x) }

func toInt(_ x: Double) -> Int { x > -1e15 && x < 1e15 ? Int(x) : 7 }

func pick<T>(_ first: Bool, _ a: T, _ b: T) -> T { first ? a : b }
func twice<T>(_ x: T, _ f: (T) -> T) -> T { f(f(x)) }
func apply<T, U>(_ x: T, _ f: (T) -> U) -> U { f(x) }
func bump(_ a: inout Int, _ b: Int) -> Int {
  let old = a
  a = a &+ b
  return old
}
func rec(_ n: Int, _ x: Int, _ y: Int) -> Int { n == 0 ? x : rec(n - 1, y, x &+ y) }

struct Oops: Error { var code: Int }
func mayThrow(_ fails: Bool, _ x: Int) throws -> Int {
  if fails { throw Oops(code: x &* 3) }
  return x &+ 5
}
func caught(_ fails: Bool, _ x: Int) -> Int {
  do { return try mayThrow(fails, x) } catch { return (error as? Oops)?.code ?? 0 }
}

struct Box<T> {
  var value: T
  func get() -> T { value }
  mutating func set(_ new: T) { value = new }
  func map<U>(_ f: (T) -> U) -> Box<U> { Box<U>(value: f(value)) }
}
final class Cell<T> {
  var value: T
  init(_ value: T) { self.value = value }
}

protocol Shape { func area(_ k: Int) -> Int }
struct Square: Shape {
  var side: Int
  func area(_ k: Int) -> Int { side &* side &+ k }
}
class Circle: Shape {
  var radius: Int
  init(_ radius: Int) { self.radius = radius }
  func area(_ k: Int) -> Int { radius &* 3 &+ weight(k) }
  func weight(_ k: Int) -> Int { k }
}
final class Ring: Circle {
  var hole: Int
  init(_ radius: Int, _ hole: Int) {
    self.hole = hole
    super.init(radius)
  }
  override func weight(_ k: Int) -> Int { hole &- k }
}
struct Wide: Shape {
  var a: Int, b: Int, c: Int, d: Int, e: Double
  func area(_ k: Int) -> Int { a &+ d &- k }
}

indirect enum List {
  case end
  case node(Int, List)
  func sum() -> Int {
    switch self {
    case .end: 0
    case .node(let x, let rest): x &+ rest.sum()
    }
  }
}

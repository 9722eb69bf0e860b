// SIMD types: arithmetic, masks, swizzles, conversions, generic code, in structures, arrays and
// calls. None crosses an await: plain `swiftc -O` 6.3.1 compiles that wrongly.
// flags: -parse-as-library

import Foundation

struct Body { var position: SIMD3<Double>, velocity: SIMD3<Double>, mass: Double }
struct Mixed { var a: Int8, v: SIMD4<Float>, b: Bool, w: SIMD2<Int16>, o: SIMD4<Float>?, m: SIMDMask<SIMD4<Int32>> }
final class Field { var cells: [SIMD4<Int32>] = (0..<8).map { SIMD4(repeating: Int32($0)) &+ SIMD4(0, 1, 2, 3) }; var big = SIMD16<UInt8>(repeating: 7) }
enum Shape { case point(SIMD2<Float>), box(SIMD4<Double>, Int), none }

func dot<V: SIMD>(_ a: V, _ b: V) -> V.Scalar where V.Scalar: FloatingPoint { (a * b).sum() }
func generic<S: SIMDScalar & FixedWidthInteger>(_ a: SIMD8<S>, _ b: SIMD8<S>) -> SIMD8<S> { (a &* b).replacing(with: 1, where: a .> b) }
func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> { SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x) }
func step(_ bodies: inout [Body], _ dt: Double) {
  for i in bodies.indices {
    for j in bodies.indices where j != i {
      let d = bodies[j].position - bodies[i].position
      let r2 = (d * d).sum() + 0.01
      bodies[i].velocity += d * (bodies[j].mass * dt / (r2 * r2.squareRoot()))
    }
  }
  for i in bodies.indices { bodies[i].position += bodies[i].velocity * dt }
}
func many(_ a: SIMD2<Float>, _ b: SIMD4<Float>, _ c: SIMD8<Float>, _ d: SIMD16<Float>, _ e: SIMD3<Int>, _ f: SIMD64<UInt8>) -> (SIMD2<Float>, Float, SIMD3<Int>) { (a * b.lowHalf, c.sum() + d.sum(), e &+ Int(f.wrappedSum())) }
func maybe(_ n: Int) -> SIMD4<Double>? { n > 0 ? SIMD4(repeating: Double(n)) : nil }
func throwing(_ n: Float) throws -> SIMD4<Float> { if n < 0 { throw CocoaError(.featureUnsupported) }; return SIMD4(n, n + 1, n + 2, n + 3) }
func area(_ s: Shape) -> Double { switch s { case .point(let p): Double(p.x * p.y); case .box(let b, let n): b.max() * Double(n); case .none: 0 } }
func next(_ v: SIMD8<Int32>) -> SIMD8<Int32> { v &+ 1 }

@main struct Main {
  static func main() throws {
    var bodies = (0..<4).map { Body(position: SIMD3(Double($0), Double($0 * $0), 1), velocity: .zero, mass: Double($0 + 1)) }
    for _ in 0..<50 { step(&bodies, 0.01) }
    for b in bodies { print(String(format: "%.9f %.9f %.9f", b.position.x, b.position.y, b.velocity.z)) }
    print(dot(SIMD4<Float>(1, 2, 3, 4), SIMD4(repeating: 2)), dot(SIMD2<Double>(1.5, 2), [2, 3]), cross([1, 0, 0], [0, 1, 0]))
    print(generic(SIMD8<Int16>(1, 2, 3, 4, 5, 6, 7, 8), SIMD8(repeating: 5)), generic(SIMD8<UInt64>(repeating: 3), SIMD8(repeating: 4)))
    var v = SIMD4<Float>(4, 3, 2, 1)
    v[2] = 10
    v.x += 1
    v.lowHalf *= 2
    v.evenHalf = v.evenHalf - 1
    let mask = v .> 5
    print(v, v.min(), v.max(), mask, any(mask), all(mask .| .!mask), v.replacing(with: 0, where: mask), v.rounded(.up), v.clamped(lowerBound: [0, 0, 0, 0], upperBound: [6, 6, 6, 6]))
    print(SIMD4<Int32>(truncatingIfNeeded: SIMD4<Int64>(1, -2, 1 << 40, 3)), SIMD4<Int32>(v, rounding: .down), SIMD2<Float>(SIMD2<Int>(1, 2)), unsafeBitCast(SIMD2<Float>(1, 2), to: UInt64.self))
    let mixed = Mixed(a: 1, v: v, b: true, w: [2, 3], o: nil, m: mask)
    var copy = mixed
    copy.o = copy.v * 2
    copy.w &+= 5
    print(mixed, copy.o as Any, copy.w, MemoryLayout<Mixed>.stride, MemoryLayout<SIMD3<Double>>.size)
    let field = Field()
    for i in field.cells.indices { field.cells[i] &*= SIMD4(repeating: Int32(i)) }
    field.big[3] &+= 250
    print(field.cells.reduce(.zero, &+), field.big, field.cells[5][2], field.big.wrappedSum())
    print(many([1, 2], [3, 4, 5, 6], .one, SIMD16(repeating: 0.5), [1, 2, 3], SIMD64(repeating: 2)))
    print(maybe(0) as Any, maybe(3) as Any, (try? throwing(-1)) as Any, try throwing(2))
    print([Shape.point([2, 3]), .box([1, 5, 2, 3], 4), .none].map(area), next([1, 2, 3, 4, 5, 6, 7, 8]), next(.zero).sum_)
    let closure: (SIMD4<Float>) -> SIMD4<Float> = { [k = SIMD4<Float>(repeating: 3)] in $0 * k }
    print([v, -v].map(closure), Set([SIMD2(1, 2), SIMD2(1, 2), SIMD2(2, 1)]).count, [SIMD2(1, 2): "x"][[1, 2]] as Any, (v as Any) is SIMD4<Float>, v == v, v.hashValue == v.hashValue)
    print(v.description, SIMD4<Float>.random(in: 0..<1, using: &fixed).x, SIMD2<Int>.scalarCount, v.indices.map { v[$0] })
  }
}
extension SIMD8<Int32> { var sum_: Int32 { wrappedSum() } }
struct Fixed: RandomNumberGenerator { var s: UInt64 = 1; mutating func next() -> UInt64 { s = s &* 6364136223846793005 &+ 1; return s } }
nonisolated(unsafe) var fixed = Fixed()

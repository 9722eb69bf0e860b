// Numbers: widths, overflow, conversions, bits, floating point, formatting, decimals, ranges and random.

import Foundation

func all<T: FixedWidthInteger>(_: T.Type) -> String {
  let max = T.max, min = T.min
  let (sum, o1) = max.addingReportingOverflow(1), (product, o2) = max.multipliedReportingOverflow(by: 3), wide = max.multipliedFullWidth(by: max)
  return "\(T.self) \(max) \(min) \(sum)\(o1) \(product)\(o2) \(wide.high) \(wide.low) \(max &+ 1) \(min &- 1) \(max &* max) \(max << 3) \(min >> 2) \(~max) \(max ^ 5) \(max.leadingZeroBitCount) \(T(5).nonzeroBitCount) \(T(12).trailingZeroBitCount) \(T(3).byteSwapped) \(T(7) / 2) \(T(7) % 4) \(T(truncatingIfNeeded: -1)) \(T(clamping: 100_000)) \(T(exactly: 300).map { "\($0)" } ?? "nil")"
}
func float<F: BinaryFloatingPoint & LosslessStringConvertible>(_: F.Type) -> String {
  let values: [F] = [0, -0.0, 1.5, -2.5, 1 / 3, .pi, .infinity, .nan, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e10]
  return values.map { "\($0) \($0.rounded()) \($0.isZero) \($0.sign) \(Int(exactly: $0).map(String.init) ?? "-") \($0.ulp) \($0.squareRoot()) \($0.truncatingRemainder(dividingBy: 0.7)) \(F("\($0)").map { "\($0)" } ?? "?")" }.joined(separator: "\n  ")
}
func primes(_ n: Int) -> [Int] { var sieve = [Bool](repeating: true, count: n + 1); for i in 2...n where sieve[i] { for j in stride(from: i * i, through: n, by: i) { sieve[j] = false } }; return (2...n).filter { sieve[$0] } }
func gcd<T: BinaryInteger>(_ a: T, _ b: T) -> T { b == 0 ? a : gcd(b, a % b) }
func power<T: Numeric>(_ b: T, _ n: Int) -> T { n == 0 ? 1 : n % 2 == 0 ? power(b * b, n / 2) : b * power(b, n - 1) }
func collatz(_ n: Int) -> Int { var n = n, steps = 0; while n != 1 { n = n.isMultiple(of: 2) ? n / 2 : 3 * n + 1; steps += 1 }; return steps }
struct Complex: Equatable { var re: Double, im: Double; static func * (a: Self, b: Self) -> Self { .init(re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re) }; static func + (a: Self, b: Self) -> Self { .init(re: a.re + b.re, im: a.im + b.im) }; static prefix func - (a: Self) -> Self { .init(re: -a.re, im: -a.im) }; static func += (a: inout Self, b: Self) { a = a + b } }
infix operator **: MultiplicationPrecedence
func ** (b: Double, n: Double) -> Double { pow(b, n) }
func mandelbrot(_ c: Complex) -> Int { var z = Complex(re: 0, im: 0); for i in 0..<50 { z = z * z + c; if z.re * z.re + z.im * z.im > 4 { return i } }; return 50 }
struct Generator: RandomNumberGenerator { var state: UInt64 = 42; mutating func next() -> UInt64 { state ^= state << 13; state ^= state >> 7; state ^= state << 17; return state } }

print(all(Int8.self), all(UInt8.self), all(Int16.self), all(UInt16.self), all(Int32.self), all(UInt32.self), all(Int.self), all(UInt.self), all(Int128.self), all(UInt128.self), separator: "\n")
print(float(Double.self), float(Float.self), float(Float16.self), float(Float80.self), separator: "\n")
print(primes(60), gcd(84, 36), gcd(Int128(1) << 100, 1 << 60), power(3, 20), power(1.5, 7), power(Int128(10), 30), (1...30).map(collatz).max()!)
print((-8...4).map { x in mandelbrot(Complex(re: Double(x) / 4, im: 0.3)) }, 2 ** 10 * 2, -Complex(re: 1, im: 2))
print(0b1010, 0o17, 0xFF, 1_000_000, 0x1p4, 1e-3, 5 as Float, "\(Int("-12")!)", UInt8("300") as Any, Int("ff", radix: 16)!, String(-255, radix: 16, uppercase: true), Double("0x1.8p1")!, Int(3.99), Int(-3.99), UInt8(clamping: 400), Int8(truncatingIfNeeded: 200))
var g = Generator()
print((0..<5).map { _ in Int.random(in: 1...6, using: &g) }, Double.random(in: 0..<1, using: &g), Bool.random(using: &g), (1...5).shuffled(using: &g), [1, 2, 3].randomElement(using: &g)!)
print(sin(1.0), cos(1.0), exp(1.0), log(10.0), atan2(1.0, 2.0), cbrt(27.0), floor(-1.5), ceil(-1.5), trunc(-1.5), round(2.5), fmod(7, 3), fma(2, 3, 4), (2.5).rounded(.toNearestOrEven), (0.1 + 0.2), Float(0.1) + 0.2, 1e16 + 1, max(1.0, .nan), min(2, 1))
let a = Decimal(string: "10.25")!, b = Decimal(3)
print(a * b, a / b, (a as NSDecimalNumber).rounding(accordingToBehavior: nil), Decimal.pi, stride(from: 1.0, through: 2, by: 0.25).map { $0 }, stride(from: 10, to: 0, by: -3).map { $0 }, (1..<4).contains(3), (1...).prefix(3).map { $0 }, (0..<10).clamped(to: 5..<20), (..<3) ~= 2)
var h = Hasher(); h.combine(1); h.combine("x"); var k = Hasher(); k.combine(1); k.combine("x")
print(h.finalize() == k.finalize(), 5.hashValue == 5.hashValue, 7.quotientAndRemainder(dividingBy: -2), (-7).magnitude, (-7).signum(), 5.distance(to: 9), 1.advanced(by: 4), zip(1..., "abc").map { "\($0)\($1)" }, (1, "a", 2.5) < (1, "b", 0), Duration.seconds(1.5) * 3, 3.5 > 3 ? Int.zero : .max)

// Data-flow graphs: calls of functions that are known by their symbols.
import Glibc

/// A function of C, or of Swift that takes and gives numbers only.
///
/// The x86-64 convention gives integers and floating-point numbers registers of their own, each
/// in order. So one signature with all registers fits every such function.
struct ForeignFunction {
  private typealias GivingInt =
    @convention(c) (
      Int, Int, Int, Int, Int, Int, Double, Double, Double, Double, Double, Double, Double, Double
    ) -> Int
  private typealias GivingDouble =
    @convention(c) (
      Int, Int, Int, Int, Int, Int, Double, Double, Double, Double, Double, Double, Double, Double
    ) -> Double

  private let address: UnsafeMutableRawPointer

  /// Nil: this process has no such symbol.
  init?(symbol: String) {
    guard let address = dlsym(nil, symbol) ?? Self.mathLibrary.flatMap({ dlsym($0, symbol) })
    else { return nil }
    self.address = address
  }

  /// Its address, for code of this process.
  var number: UInt { UInt(bitPattern: address) }

  nonisolated(unsafe) private static let mathLibrary = dlopen("libm.so.6", RTLD_LAZY)

  /// Whether so many arguments go into registers.
  static func takes(_ arguments: [ScalarType]) -> Bool {
    let floating = arguments.count { $0.isFloatingPoint }
    return floating <= 8 && arguments.count - floating <= 6
  }

  func callAsFunction(_ arguments: [Scalar], result: ScalarType) -> Scalar {
    var i = [Int](repeating: 0, count: 6)
    var d = [Double](repeating: 0, count: 8)
    var integers = 0
    var floats = 0
    for argument in arguments {
      if argument.type.isFloatingPoint {
        // A Float takes the lower half of a register.
        d[floats] = Double(bitPattern: argument.bits)
        floats += 1
      } else {
        i[integers] = argument.type == .bool ? Int(argument.bits) : Int(argument.int)
        integers += 1
      }
    }
    if result.isFloatingPoint {
      let function = unsafeBitCast(address, to: GivingDouble.self)
      let value = function(
        i[0], i[1], i[2], i[3], i[4], i[5], d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7])
      return Scalar(result, bits: value.bitPattern)
    }
    let function = unsafeBitCast(address, to: GivingInt.self)
    let value = function(
      i[0], i[1], i[2], i[3], i[4], i[5], d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7])
    return Scalar(result, bits: UInt64(bitPattern: Int64(value)))
  }
}

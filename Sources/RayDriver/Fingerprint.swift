import SystemPackage

/// A name for what a result was made from: equal inputs, equal name. Not for secrets.
public struct Fingerprint: Sendable {
  // Two FNV-1a sums with different starting points: 128 bits.
  private var low: UInt64 = 0xcbf2_9ce4_8422_2325
  private var high: UInt64 = 0x84222325_cbf29ce4

  public init() {}

  public mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0xff)  // never part of UTF-8, so "ab"+"c" differs from "a"+"bc"
  }

  public mutating func add(_ texts: [String]) {
    for text in texts { add(text) }
    add(0xfe)
  }

  /// The file by size and time of change; by nothing if it does not exist.
  public mutating func add(identityOf path: FilePath) {
    add(path.string)
    if let status = Files.status(path) {
      add("\(status.size) \(status.modified.seconds) \(status.modified.nanoseconds)")
    }
  }

  private mutating func add(_ byte: UInt8) {
    low = (low ^ UInt64(byte)) &* 0x100_0000_01b3
    high = (high ^ UInt64(byte ^ 0x5a)) &* 0x100_0000_01b3
  }

  /// 24 hexadecimal digits.
  public var text: String {
    let digits = String(low, radix: 16)
    let more = String(high & 0xffff_ffff, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
      + String(repeating: "0", count: 8 - more.count) + more
  }
}

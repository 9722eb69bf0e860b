// Stage 6: a static program point as a recording has it.
import CTape

/// A static program point of the program that was recorded.
public struct RecordedSite: Equatable, Sendable {
  /// The raw values are RAY_SITE_… of ray_abi.h.
  public enum Kind: UInt8, Sendable, CaseIterable {
    case call = 0
    case runtimeCall = 1
    case load = 2
    case store = 3
    case operation = 4
    case runtime = 5
    case function = 6
    /// Of a newer rayc.
    case other = 15
  }

  /// The same in every build of the same source.
  public var id: UInt64
  public var kind: Kind
  /// The symbol of the function it is in.
  public var function: String
  /// The callee's symbol; empty: known at run time only, or there is none.
  public var callee: String
  /// Empty: code that the compiler made.
  public var file: String
  public var line: Int
  public var column: Int
  public var variable: String
  public var module: String
  /// The mangled type of its value.
  public var valueType: String

  /// `file:line:column`, with the file's last path component.
  public var location: String {
    line == 0 ? "<compiler-generated>" : "\(fileName):\(line):\(column)"
  }

  public var fileName: Substring {
    file[(file.lastIndex(of: "/").map(file.index(after:)) ?? file.startIndex)...]
  }
}

extension RecordedSite {
  /// The sites of a table; nil where it is damaged.
  static func table(_ bytes: [UInt8]) -> (first: Int, sites: [RecordedSite])? {
    bytes.withUnsafeBytes { bytes in
      let headSize = MemoryLayout<ray_tape_table>.size
      let size = MemoryLayout<ray_tape_site>.size
      guard bytes.count >= headSize else { return nil }
      let head = bytes.loadUnaligned(as: ray_tape_table.self)
      let strings = headSize + Int(head.count) * size
      guard strings + Int(head.strings_length) == bytes.count else { return nil }
      var known: [UInt32: String] = [:]
      func string(_ place: UInt32) -> String {
        guard place > 0 else { return "" }
        if let text = known[place] { return text }
        let text = String(
          decoding: bytes[(strings + Int(place) - 1)...].prefix { $0 != 0 }, as: UTF8.self)
        known[place] = text
        return text
      }
      let sites = (0..<Int(head.count)).map { index -> RecordedSite in
        let record = bytes.loadUnaligned(
          fromByteOffset: headSize + index * size, as: ray_tape_site.self)
        return RecordedSite(
          id: record.id, kind: Kind(rawValue: record.kind & 15) ?? .other,
          function: string(record.function), callee: string(record.callee),
          file: string(record.file), line: Int(record.line), column: Int(record.column),
          variable: string(record.variable), module: string(record.module),
          valueType: string(record.value_type))
      }
      return (Int(head.first), sites)
    }
  }
}

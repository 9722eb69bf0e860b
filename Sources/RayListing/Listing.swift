// 7: LLVM IR as text, taken apart so that it can be compared and shown.

/// A module's IR, function by function.
public struct Listing: Sendable {
  public var functions: [ListedFunction] = []
  /// Lines outside of functions: types, globals, declarations; not attributes and metadata.
  public var globals: [String] = []
  /// Lines that hold metadata and attributes, which `globals` leaves out.
  public var metadata: [String] = []
}

/// A function with a body.
public struct ListedFunction: Sendable {
  /// As the linker sees it.
  public var symbol: String
  /// `define …`, without the brace.
  public var header: ListedLine
  /// Labels and instructions.
  public var lines: [ListedLine]
  /// Its parameters, blocks and results by number, each with the name that the text gave it.
  public var values: [ListedValue]
  /// The place of its first instruction that has one.
  public var place: SourcePlace? { lines.lazy.compactMap(\.place).first }
}

/// What a name in a function stands for.
public struct ListedValue: Sendable {
  /// As the text has it, without `%`.
  public var name: String
  /// A word for its kind: `load`, `call`, `arg`, `bb`.
  public var kind: String
}

/// A place in the source.
public struct SourcePlace: Hashable, Sendable {
  public var file: String
  public var line: Int
  public var column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  public var fileName: Substring { file.split(separator: "/").last ?? file[...] }
}

/// A line of a function.
public struct ListedLine: Sendable {
  public enum Kind: Sendable {
    case header, label, instruction
    /// Of an instruction of several lines.
    case continuation
    /// `#dbg_value(…)`
    case debugRecord
  }

  public enum Piece: Hashable, Sendable {
    case text(String)
    /// The number of one of the function's values.
    case value(Int)
  }

  public var kind: Kind
  public var pieces: [Piece]
  /// The value that the line defines.
  public var defines: Int?
  /// ` #3`, the number of a group of attributes.
  public var attributes: String
  /// `, !dbg !12`
  public var metadata: String
  public var place: SourcePlace?
}

extension ListedLine {
  /// `load`, `call`, `br`: the instruction's word.
  public var opcode: Substring {
    guard kind == .instruction else { return "" }
    for piece in pieces {
      guard case .text(let text) = piece else { continue }
      var words = text.split(separator: " ")[...]
      if words.first == "=" { words = words.dropFirst() }
      while let word = words.first, ["tail", "musttail", "notail"].contains(word) {
        words = words.dropFirst()
      }
      if let word = words.first { return word }
    }
    return ""
  }

  /// The symbol of the function that is called by name.
  public var callee: String? {
    guard ["call", "invoke"].contains(opcode) else { return nil }
    for piece in pieces {
      guard case .text(let text) = piece, let at = text.firstIndex(of: "@") else { continue }
      return Symbols.name(in: text[at...])
    }
    return nil
  }
}

extension ListedLine {
  /// The metadata but for `!dbg`.
  public var metadataWithoutDebug: String {
    guard let start = metadata.firstRange(of: "!dbg !") else { return metadata }
    // `, !dbg !1`, or ` !dbg !1` in a header.
    let rest = metadata[start.upperBound...].drop { $0.isNumber }
    var front = metadata[..<start.lowerBound]
    while front.last == " " || front.last == "," { front.removeLast() }
    return String(front + rest)
  }
}

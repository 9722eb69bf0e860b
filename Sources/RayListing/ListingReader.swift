/// Reads what LLVM prints. The form is that of LLVM 22, one instruction a line.
public struct ListingReader {
  private let bytes: [UInt8]
  private var debug: DebugTable
  private var position = 0

  public init(_ text: String) {
    bytes = Array(text.utf8)
    debug = DebugTable(bytes)
  }

  public mutating func read() -> Listing {
    var listing = Listing()
    while let line = nextLine() {
      guard let first = line.first else { continue }
      if line.starts(with: "define ".utf8) {
        listing.functions.append(function(line))
        continue
      }
      switch first {
      case UInt8(ascii: ";"), UInt8(ascii: "}"), UInt8(ascii: " "): continue
      case UInt8(ascii: "!"): listing.metadata.append(Bytes.text(line))
      default:
        if line.starts(with: "attributes ".utf8) {
          listing.metadata.append(Bytes.text(line))
        } else if !line.starts(with: "source_filename".utf8) {
          listing.globals.append(Bytes.text(line))
        }
      }
    }
    return listing
  }

  private mutating func nextLine() -> ArraySlice<UInt8>? {
    guard position < bytes.count else { return nil }
    let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    defer { position = end + 1 }
    return bytes[position..<end]
  }

  private mutating func function(_ header: ArraySlice<UInt8>) -> ListedFunction {
    var body: [ArraySlice<UInt8>] = []
    while let line = nextLine(), line.first != UInt8(ascii: "}") {
      // Empty lines and comments.
      guard let first = line.first(where: { $0 != UInt8(ascii: " ") }), first != UInt8(ascii: ";")
      else { continue }
      body.append(line)
    }
    var reader = FunctionReader(header: header, body: body)
    return reader.read(&debug)
  }
}

/// Reads one function.
private struct FunctionReader {
  let header: ArraySlice<UInt8>
  let body: [ArraySlice<UInt8>]
  var values: [ListedValue] = []
  var numbers: [ArraySlice<UInt8>: Int] = [:]

  init(header: ArraySlice<UInt8>, body: [ArraySlice<UInt8>]) {
    self.header = header
    self.body = body
  }

  mutating func read(_ debug: inout DebugTable) -> ListedFunction {
    defineParameters()
    // The first block may have a label or not: nothing but its name depends on it.
    var body = body
    if let label = body.first, Bytes.isLabel(label) {
      add(label[..<Bytes.endOfName(label, from: label.startIndex)], kind: "entry")
      body.removeFirst()
    } else {
      defineEntry()
    }
    for line in body { define(line) }
    var plainHeader = header
    if plainHeader.last == UInt8(ascii: "{") { plainHeader = plainHeader.dropLast(2) }
    let lines = body.map { self.line($0, &debug) }
    return ListedFunction(
      symbol: symbol(), header: line(plainHeader, kind: .header, &debug), lines: lines,
      values: values)
  }

  private func symbol() -> String {
    guard let at = header.firstIndex(of: UInt8(ascii: "@")) else { return "" }
    return Symbols.name(in: Bytes.text(header[at...])[...])
  }

  private mutating func add(_ name: ArraySlice<UInt8>, kind: String) {
    guard numbers[name] == nil else { return }
    numbers[name] = values.count
    values.append(ListedValue(name: Bytes.text(name), kind: kind))
  }

  /// A parameter's name ends its type and attributes, outside of inner brackets; names of types
  /// come before a space.
  private mutating func defineParameters() {
    var depth = 0
    var index = header.startIndex
    while index < header.endIndex {
      switch header[index] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return }
      case UInt8(ascii: "\""): index = Bytes.endOfQuoted(header, from: index) - 1
      case UInt8(ascii: "%"):
        let end = Bytes.endOfName(header, from: index + 1)
        let next = end < header.endIndex ? header[end] : 0
        if depth == 1, next == UInt8(ascii: ",") || next == UInt8(ascii: ")") {
          add(header[(index + 1)..<end], kind: "arg")
        }
        index = end - 1
      default: break
      }
      index += 1
    }
  }

  /// The first block has a number, but no label; others may name it.
  private mutating func defineEntry() {
    let numbered = numbers.keys.count { $0.allSatisfy { $0 >= 48 && $0 <= 57 } }
    add(Array("\(numbered)".utf8)[...], kind: "entry")
  }

  private mutating func define(_ line: ArraySlice<UInt8>) {
    if Bytes.isLabel(line) {
      add(line[..<Bytes.endOfName(line, from: line.startIndex)], kind: "bb")
    } else if line.count > 4, line.starts(with: "  %".utf8) {
      let start = line.startIndex + 3
      let end = Bytes.endOfName(line, from: start)
      guard line[end...].starts(with: " = ".utf8) else { return }
      add(line[start..<end], kind: Self.kind(line[(end + 3)...]))
    }
  }

  /// The word for an instruction's result.
  private static func kind(_ instruction: ArraySlice<UInt8>) -> String {
    var words = instruction.split(separator: UInt8(ascii: " "), maxSplits: 3)[...]
    while let word = words.first, ["tail", "musttail", "notail"].contains(Bytes.text(word)) {
      words = words.dropFirst()
    }
    let word = words.first.map(Bytes.text) ?? "v"
    return shortKinds[word] ?? word
  }

  private static let shortKinds = [
    "getelementptr": "gep", "extractvalue": "field", "insertvalue": "with",
    "landingpad": "landing", "addrspacecast": "cast", "bitcast": "cast",
  ]

  private func line(_ line: ArraySlice<UInt8>, _ debug: inout DebugTable) -> ListedLine {
    if Bytes.isLabel(line) {
      let end = Bytes.endOfName(line, from: line.startIndex)
      let number = numbers[line[..<end]]
      return ListedLine(
        kind: .label, pieces: [number.map { .value($0) } ?? .text(""), .text(":")],
        defines: number, attributes: "", metadata: "", place: nil)
    }
    let first = line.first { $0 != UInt8(ascii: " ") }
    if first == UInt8(ascii: "#") { return self.line(line, kind: .debugRecord, &debug) }
    let isInstruction =
      line.starts(with: "  ".utf8) && !line.starts(with: "   ".utf8)
      && first != UInt8(ascii: "]")
    return self.line(line, kind: isInstruction ? .instruction : .continuation, &debug)
  }

  private func line(
    _ whole: ArraySlice<UInt8>, kind: ListedLine.Kind, _ debug: inout DebugTable
  ) -> ListedLine {
    var line = whole
    var metadata = line[line.endIndex...]
    if kind != .debugRecord {
      let end = Bytes.startOfMetadata(line)
      metadata = line[end...]
      line = line[..<end]
    }
    let start = Bytes.startOfAttributes(line)
    let attributes = line[start...]
    line = line[..<start]
    var pieces: [ListedLine.Piece] = []
    var defines: Int?
    var literal = line.startIndex
    var index = line.startIndex
    while index < line.endIndex {
      switch line[index] {
      case UInt8(ascii: "\""): index = Bytes.endOfQuoted(line, from: index)
      case UInt8(ascii: "%"):
        let end = Bytes.endOfName(line, from: index + 1)
        if let number = numbers[line[(index + 1)..<end]] {
          if literal < index { pieces.append(.text(Bytes.text(line[literal..<index]))) }
          if kind == .instruction, index == line.startIndex + 2 { defines = number }
          pieces.append(.value(number))
          literal = end
        }
        index = end
      default: index += 1
      }
    }
    if literal < line.endIndex { pieces.append(.text(Bytes.text(line[literal...]))) }
    // Two blanks in front of instructions are the printer's.
    if kind == .instruction, case .text(let text)? = pieces.first, text.hasPrefix("  ") {
      let rest = String(text.dropFirst(2))
      if rest.isEmpty { pieces.removeFirst() } else { pieces[0] = .text(rest) }
    }
    return ListedLine(
      kind: kind, pieces: pieces, defines: defines, attributes: Bytes.text(attributes),
      metadata: Bytes.text(metadata), place: debug.place(in: metadata))
  }
}

/// Reads the text of `swiftc -emit-sil`.
///
/// The form is the one that docs/SIL of the Swift compiler describes. Sections that functions do
/// not need (witness tables, properties, scopes) are passed over.
public struct SILReader {
  private let lines: [Substring]
  private var module = SILModule()
  private var position = 0

  public init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// - Throws: `SourceError` with the line that cannot be read.
  public static func read(_ text: String) throws(SourceError) -> SILModule {
    var reader = SILReader(text)
    return try reader.read()
  }

  private mutating func read() throws(SourceError) -> SILModule {
    var inHeader = true
    var comment = ""
    while position < lines.count {
      let line = lines[position]
      if line.hasPrefix("sil_vtable") { readTable() }
      if line.hasPrefix("sil"), !line.hasPrefix("sil_stage") { inHeader = false }
      if line.hasPrefix("// ") { inHeader = false }
      if line.hasPrefix("sil ") || line.hasPrefix("sil\t") {
        try readFunction(named: comment)
        comment = ""
      } else if line.hasPrefix("// "), !line.hasPrefix("// Isolation:") {
        if comment.isEmpty || !line.hasPrefix("// %") { comment = Self.title(line.dropFirst(3)) }
      } else if line.isEmpty {
        comment = ""
      }
      if inHeader { module.header.append(String(line)) }
      position += 1
    }
    return module
  }

  /// `f(_:), loc "a.swift":7:6, scope 7` → `f(_:)`
  private static func title(_ line: Substring) -> String {
    for mark in [", loc ", ", scope "] {
      if let found = line.firstRange(of: mark) { return String(line[..<found.lowerBound]) }
    }
    return String(line)
  }

  private mutating func readTable() {
    position += 1
    while position < lines.count, lines[position] != "}" {
      let line = lines[position].drop { $0 == " " }
      if line.hasPrefix("#"), let colon = line.firstIndex(of: ":"),
        let comment = line.lastRange(of: "// ")
      {
        module.methods[String(line[..<colon])] = String(line[comment.upperBound...])
          .replacing(" [override]", with: "")
      }
      position += 1
    }
  }

  private mutating func readFunction(named name: String) throws(SourceError) {
    let head = lines[position]
    guard let at = head.firstIndex(of: "@"), let colon = head.firstRange(of: " : $") else {
      throw SourceError("a function's first line has another form", line: position + 1)
    }
    var symbol = String(head[head.index(after: at)..<colon.lowerBound])
    if symbol.hasPrefix("\"") { symbol = String(symbol.dropFirst().dropLast()) }
    guard head.hasSuffix("{") else { return }
    var function = SILFunction(
      symbol: symbol, name: name, type: String(head[colon.upperBound...].dropLast(2)),
      line: position + 1)
    position += 1
    while position < lines.count, !lines[position].hasPrefix("}") {
      try readLine(into: &function)
      position += 1
    }
    module.functions.append(function)
  }

  private var pendingCallee: String?

  private mutating func readLine(into function: inout SILFunction) throws(SourceError) {
    let line = lines[position]
    let text = line.drop { $0 == " " }
    if text.isEmpty || text.hasPrefix("//") && !text.hasPrefix("// function_ref ") { return }
    if text.hasPrefix("// function_ref ") {
      pendingCallee = String(text.dropFirst("// function_ref ".count))
      return
    }
    if line.hasPrefix("bb") {
      function.blocks.append(try block(line))
      return
    }
    guard line.hasPrefix(" "), !function.blocks.isEmpty else { return }
    // The attributes of a function stand before its first block.
    guard !text.hasPrefix("[") else { return }
    let instruction = try instruction(text)
    function.blocks[function.blocks.count - 1].instructions.append(instruction)
    pendingCallee = nil
  }

  private func block(_ line: Substring) throws(SourceError) -> SILBlock {
    var scan = Scanner(line)
    let label = String(scan.word())
    var arguments: [SILArgument] = []
    if scan.take("(") {
      for part in Scanner.split(scan.balanced(until: ")")) {
        guard let colon = part.firstRange(of: " : ") else {
          throw SourceError("a block's argument has another form", line: position + 1)
        }
        let type = part[colon.upperBound...]
        guard let dollar = type.firstIndex(of: "$") else {
          throw SourceError("a block's argument has no type", line: position + 1)
        }
        arguments.append(
          SILArgument(
            value: String(part[..<colon.lowerBound]), type: String(type[dollar...].dropFirst())))
      }
    }
    return SILBlock(label: label, arguments: arguments)
  }

  private func instruction(_ text: Substring) throws(SourceError) -> SILInstruction {
    var scan = Scanner(Scanner.withoutComment(text))
    var results: [String] = []
    if scan.rest.hasPrefix("%") {
      results = [String(scan.until(" = "))]
    } else if scan.rest.hasPrefix("(%") {
      _ = scan.take("(")
      results = Scanner.split(scan.balanced(until: ")")).map(String.init)
      _ = scan.take(" = ")
    }
    let opcode = String(scan.word())
    guard !opcode.isEmpty else {
      throw SourceError("an instruction has another form: '\(text)'", line: position + 1)
    }
    scan.blanks()
    var operands = scan.rest
    var location: SILLocation?
    if let scope = Scanner.lastUnquoted(", loc ", in: operands) {
      location = Self.location(operands[scope.upperBound...])
      operands = operands[..<scope.lowerBound]
    } else if operands.hasPrefix("loc ") {
      operands = ""
    } else if let scope = Scanner.lastUnquoted(", scope ", in: operands) {
      operands = operands[..<scope.lowerBound]
    }
    return SILInstruction(
      results: results, opcode: opcode, operands: String(operands),
      callee: opcode == "function_ref" ? pendingCallee : nil, location: location,
      line: position + 1)
  }

  /// `"a.swift":7:12, scope 7`, with `*` in front where the place is nobody's own.
  private static func location(_ text: Substring) -> SILLocation? {
    guard let open = text.firstIndex(of: "\""), let close = text.dropFirst().lastIndex(of: "\"")
    else { return nil }
    let numbers = text[close...].dropFirst(2).prefix { $0.isNumber || $0 == ":" }
      .split(separator: ":")
    guard numbers.count == 2, let line = Int(numbers[0]), let column = Int(numbers[1]), line > 0
    else { return nil }
    let file = text[text.index(after: open)..<close]
    return SILLocation(
      file: String(file.split(separator: "/").last ?? file), line: line, column: column)
  }
}

extension Collection
where Self: BidirectionalCollection, Element == Character, SubSequence == Substring {
  func lastRange(of text: String) -> Range<String.Index>? {
    self[startIndex...].ranges(of: text).last
  }
}

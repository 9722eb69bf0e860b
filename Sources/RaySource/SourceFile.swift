/// The file that is written: functions as they become needed, then the types that they name.
struct SourceFile {
  private let program: Program
  private let asked: Set<String>
  private var functions: [Written] = []
  private var types: [Declaration] = []
  private var protocols: Set<String> = []
  private(set) var names: [String] = []

  private struct Written {
    var function: SILFunction
    var declaration: Declaration?
    var body: [String]
    var signature: String
    var kind: CalleeName.Kind

    var isFree: Bool { declaration?.parent == nil }
  }

  init(_ program: Program, asked: Set<String>) {
    self.program = program
    self.asked = asked
  }

  mutating func writeAll() throws(SourceError) {
    while true {
      while let next = program.next() {
        functions.append(try written(next.function, next.declaration))
        names.append(next.function.name)
      }
      let count = program.globals.count
      for global in program.globals {
        try program.refuseObservers(of: global)
        let type = Declarations.typeText(global.text).flatMap { try? SILType(reading: $0) }
        guard try program.firstValue(global, type: type) != nil else {
          throw SourceError(
            "the variable '\(global.name)' of the script's top level, which the script's own "
              + "statements set", function: asked.isEmpty ? "" : names.first ?? "")
        }
      }
      let added = try addTypes()
      if !added, program.globals.count == count { return }
    }
  }

  private func written(
    _ function: SILFunction, _ declaration: Declaration?
  ) throws(SourceError) -> Written {
    try program.refuse(parametersOf: function, declaration)
    let name = CalleeName(function.name)
    let lowering = try Lowering(program, function)
    var parameters = declaration?.parameters.map { Optional($0.name) } ?? []
    if name.kind == .setter { parameters = ["newValue"] + parameters }
    let raw = try lowering.body(names: parameters)
    let isInitializer = name.kind == .initializer
    let body = Simplifier.simplified(raw, isInitializer: isInitializer)
    var naming = Names(reserved: Self.names(in: body))
    naming.name(body, parameters: lowering.parameters)
    let isMember = !name.context.isEmpty && name.kind != .local
    let isAccessor = [.getter, .setter].contains(name.kind)
    let indent = isMember ? (isAccessor ? 3 : 2) : 1
    let writer = Writer(body, indent: indent, isInitializer: isInitializer)
    return Written(
      function: function, declaration: declaration, body: writer.lines,
      signature: declaration?.text ?? local(function, lowering), kind: name.kind)
  }

  /// A function inside another stands beside it, with what it captured as parameters.
  private func local(_ function: SILFunction, _ lowering: Lowering) -> String {
    let name = CalleeName(function.name)
    let title = program.localName(
      CalleeReference(symbol: function.symbol, name: name, type: lowering.type))
    let parameters = lowering.parameters.map { parameter in
      "_ \(parameter.shown): " + (lowering.inoutParameters.contains(parameter) ? "inout " : "")
        + (parameter.type?.description ?? "Any")
    }
    let result = lowering.type.result
    return "func \(title)(\(parameters.joined(separator: ", ")))"
      + (lowering.type.doesThrow ? " throws" : "") + (result.isVoid ? "" : " -> \(result)")
  }

  /// The names that a function's text has besides its variables.
  private static func names(in body: [Statement]) -> Set<String> {
    var names: Set<String> = []
    func look(_ expression: Expression) {
      guard case .compound(let compound) = expression else { return }
      for (index, piece) in compound.pieces.enumerated() {
        if case .text(let text) = piece, index == 0 || !text.hasPrefix(".") {
          let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
          if !word.isEmpty { names.insert(String(word)) }
        }
        piece.expression.map(look)
      }
    }
    body.forEach(expression: look)
    return names
  }

  // MARK: Types

  /// Adds the types that the text names; what they need to conform is written, too.
  private mutating func addTypes() throws(SourceError) -> Bool {
    var words: Set<String> = []
    for function in functions {
      Self.words(function.signature, &words)
      for line in function.body { Self.words(line, &words) }
      let name = CalleeName(function.function.name)
      for part in name.context.split(separator: ".") { words.insert(String(part)) }
    }
    for type in types {
      Self.words(type.text, &words)
      for member in type.members where member.isStored || member.keyword == "case" {
        Self.words(member.text, &words)
      }
    }
    var added = false
    for word in words.sorted() {
      guard let type = program.declarations.type(word), !types.contains(where: { $0 === type }),
        // The name of an inner type may be anybody's.
        type.parent == nil || types.contains(where: { $0 === type.parent })
      else { continue }
      var outer = type
      while let parent = outer.parent, parent.isType { outer = parent }
      for type in outer === type ? [type] : [outer, type]
      where !types.contains(where: { $0 === type }) {
        try program.refuse(type)
        types.append(type)
        try needConformances(of: type)
        added = true
      }
    }
    return added
  }

  private static func words(_ text: String, _ words: inout Set<String>) {
    for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" }) {
      words.insert(String(word))
    }
  }

  /// Whatever may be a witness of a conformance.
  private func needConformances(of type: Declaration) throws(SourceError) {
    let isPlain = type.inheritance.allSatisfy {
      ["Error", "Equatable", "Hashable", "Sendable", "CaseIterable", "Int", "String", "Codable"]
        .contains($0)
    }
    for function in program.module.functions {
      let name = CalleeName(function.name)
      guard name.context == type.path || name.context == type.name,
        let member = program.declaration(of: function), !member.isStored, !member.isDerived
      else { continue }
      let isInit =
        name.kind == .initializer && type.keyword == "class"
        && function.name.contains(".init(") && !function.isUnimplemented
      let isWitness = !isPlain && type.keyword != "protocol"
      let isSelf = member.parent === type || member.parent?.keyword == "extension"
      guard isSelf, isInit || isWitness || type.keyword == "protocol" else { continue }
      if type.keyword == "protocol", !type.members.contains(where: { $0.name == name.base }) {
        continue
      }
      if isWitness, !isInit, !isRequired(name, by: type) { continue }
      if [.modify, .read, .addressor].contains(name.kind) { continue }
      if name.base == "__allocating_init" { continue }
      program.want(function, member)
    }
  }

  private func isRequired(_ name: CalleeName, by type: Declaration) -> Bool {
    for inherited in type.inheritance {
      let base = String(inherited.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
      guard let requirement = program.declarations.type(base) else {
        // A protocol of the library: anything may be asked for.
        return true
      }
      if requirement.keyword == "class" { continue }
      if requirement.members.contains(where: { $0.name == name.base }) { return true }
    }
    return false
  }

  // MARK: The text

  func text(main: String?) -> String {
    var parts: [String] = []
    let imports = program.declarations.imports
    if !imports.isEmpty { parts.append(imports.map { "import \($0)" }.joined(separator: "\n")) }
    let free = functions.filter { $0.isFree }
    for type in types where type.parent == nil || !(type.parent!.isType) {
      parts.append(text(of: type, level: 0))
    }
    for global in program.globals { parts.append("private " + stored(global)) }
    parts += extensions()
    for function in free {
      let isAsked = asked.contains(function.function.symbol)
      parts.append(
        (isAsked ? "" : "private ") + function.signature + " {\n"
          + function.body.joined(separator: "\n") + "\n}")
    }
    if let main { parts.append(main) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func text(of type: Declaration, level: Int) -> String {
    let blanks = String(repeating: "  ", count: level)
    var lines = [blanks + type.text + " {"]
    if type.keyword == "protocol" {
      for member in type.members { lines.append(blanks + "  " + member.text) }
    } else {
      let raw = (try? program.rawValues(of: type)) ?? [:]
      for member in type.members where member.keyword == "case" {
        lines.append(blanks + "  " + withValues(member.text, raw))
      }
      for member in type.members where member.isStored && isNamed(member) {
        lines.append(blanks + "  " + stored(member))
      }
      for member in type.members where member.isType && types.contains(where: { $0 === member }) {
        lines.append("")
        lines.append(text(of: member, level: level + 1))
      }
      for member in type.members
      where member.keyword == "typealias" && !["AllCases", "RawValue"].contains(member.name) {
        lines.append(blanks + "  " + member.text)
      }
      let own = members(of: type)
      for text in own {
        lines.append("")
        lines.append(
          blanks.isEmpty
            ? text
            : text.split(separator: "\n", omittingEmptySubsequences: false)
              .map { blanks + $0 }.joined(separator: "\n"))
      }
    }
    return (lines + [blanks + "}"]).joined(separator: "\n")
  }

  /// `case a, b` → `case a = 1, b = 2`
  private func withValues(_ text: String, _ values: [String: Expression]) -> String {
    guard !values.isEmpty else { return text }
    let cases = Scanner.split(text.dropFirst("case ".count)).map { item in
      let name = item.filter { $0 != "`" }
      return String(item)
        + (values[name].map { " = " + Writer([], indent: 0).text($0, isTyped: true) } ?? "")
    }
    return "case " + cases.joined(separator: ", ")
  }

  /// A static property that nobody asks for may be left out.
  private func isNamed(_ member: Declaration) -> Bool {
    guard member.text.isStaticMember else { return true }
    return functions.contains { function in
      function.body.contains { $0.contains("." + member.name) }
    }
  }

  /// `var x: Int { get set }` → `var x: Int`, with the value that it begins with.
  private func stored(_ member: Declaration) -> String {
    var text = member.text
    if let brace = text.firstRange(of: " {") { text = String(text[..<brace.lowerBound]) }
    let type = Declarations.typeText(text).flatMap { try? SILType(reading: $0) }
    if member.text.isStaticMember || member.parent == nil,
      let value = try? program.firstValue(member, type: type)
    {
      return text + " = " + Writer([], indent: 1).text(value, isTyped: true)
    }
    // An initializer that is written gives it itself.
    if functions.contains(where: {
      $0.kind == .initializer && $0.declaration?.parent === member.parent
    }) {
      return text
    }
    let path = (member.parent?.path ?? "") + "." + member.name
    if let function = program.module.functions.first(where: {
      $0.name == "variable initialization expression of \(path)"
    }), let value = try? program.initialValue(function.symbol) {
      text += " = " + Writer([], indent: 1).text(value, isTyped: true)
    }
    return text
  }

  /// What a type's own body has of functions, each as text.
  private func members(of holder: Declaration) -> [String] {
    let own = functions.filter { $0.declaration?.parent === holder }
    var done: Set<ObjectIdentifier> = []
    var parts: [String] = []
    for function in own.sorted(by: { $0.declaration!.order < $1.declaration!.order }) {
      let declaration = function.declaration!
      guard done.insert(ObjectIdentifier(declaration)).inserted else { continue }
      let all = own.filter { $0.declaration === declaration }
      if [.getter, .setter, .modify, .read].contains(function.kind) {
        parts.append(accessors(declaration, all))
      } else {
        parts.append(
          "  " + declaration.text + " {\n" + function.body.joined(separator: "\n") + "\n  }")
      }
    }
    return parts
  }

  private func accessors(_ declaration: Declaration, _ all: [Written]) -> String {
    var head = declaration.text
    if let brace = head.firstRange(of: " {") { head = String(head[..<brace.lowerBound]) }
    var lines = ["  \(head) {"]
    let kinds: [(CalleeName.Kind, String)] = [(.getter, "get"), (.setter, "set")]
    for (kind, word) in kinds {
      guard let function = all.first(where: { $0.kind == kind }) else { continue }
      lines.append("    \(word) {")
      lines += function.body
      lines.append("    }")
    }
    return (lines + ["  }"]).joined(separator: "\n")
  }

  /// Functions that the program has in extensions.
  private func extensions() -> [String] {
    var holders: [Declaration] = []
    for function in functions {
      guard let parent = function.declaration?.parent, parent.keyword == "extension",
        !holders.contains(where: { $0 === parent })
      else { continue }
      holders.append(parent)
    }
    return holders.sorted { $0.order < $1.order }.map { holder in
      holder.text + " {\n" + members(of: holder).joined(separator: "\n\n") + "\n}"
    }
  }
}

extension SILFunction {
  /// An inherited initializer that a class does not have.
  fileprivate var isUnimplemented: Bool {
    blocks.contains { block in
      block.instructions.contains { $0.callee?.hasPrefix("_unimplementedInitializer") ?? false }
    }
  }
}

extension Declaration {
  /// Whether the compiler wrote it.
  fileprivate var isDerived: Bool {
    name.hasPrefix("__derived") || name == "hashValue" || name == "CodingKeys"
  }
}

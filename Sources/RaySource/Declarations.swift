/// A declaration as the head of SIL prints it.
final class Declaration {
  /// `struct`, `func`, `case` …
  let keyword: String
  /// `P`, `norm`, `Self: Comparable` for nothing that has no name.
  let name: String
  /// The line without attributes and access: `mutating func bump()`.
  let text: String
  private(set) var members: [Declaration] = []
  private(set) weak var parent: Declaration?
  let isStored: Bool
  let order: Int

  init(keyword: String, name: String, text: String, isStored: Bool, order: Int) {
    self.keyword = keyword
    self.name = name
    self.text = text
    self.isStored = isStored
    self.order = order
  }

  func add(_ member: Declaration) {
    members.append(member)
    member.parent = self
  }

  /// `Outer.Inner`
  var path: String {
    guard let parent else { return name }
    return parent.path + "." + name
  }

  var isType: Bool { ["struct", "enum", "class", "protocol", "actor"].contains(keyword) }

  /// What stands behind the name and the colon: `Error`, `Base, P`.
  var inheritance: [String] {
    guard isType || keyword == "extension",
      let colon = Scanner.firstUnquoted(" : ", in: text[...])
    else { return [] }
    var rest = text[colon.upperBound...]
    if let end = rest.firstRange(of: " where ") { rest = rest[..<end.lowerBound] }
    return Scanner.split(rest).map(String.init)
  }

  /// An enum with a raw type: the compiler makes `rawValue` and `init(rawValue:)`.
  var hasRawValues: Bool {
    let types: Set = [
      "Int", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64",
      "String", "Character", "Double", "Float",
    ]
    return keyword == "enum" && inheritance.first.map(types.contains) ?? false
  }

  var isRawValue: Bool {
    guard let parent, parent.hasRawValues else { return false }
    return name == "rawValue" || keyword == "init" && parameters.map(\.label) == ["rawValue"]
      || name == "allCases" || name == "hashValue"
  }

  /// Generic parameters: `T`.
  var generics: [String] {
    guard let open = text.firstIndex(of: "<"),
      text[..<open].hasSuffix(name)
    else { return [] }
    var scan = Scanner(text[text.index(after: open)...])
    return Scanner.split(scan.balanced(until: ">")).map { parameter in
      String(parameter.prefix { $0 != " " && $0 != ":" })
    }
  }

  struct Parameter {
    var label: String?
    var name: String
    var type: String
    var isVariadic: Bool
  }

  /// The parameters of a function, an initializer or a subscript.
  var parameters: [Parameter] {
    guard let open = Scanner.firstUnquoted("(", in: text[...]) else { return [] }
    var scan = Scanner(text[open.upperBound...])
    return Scanner.split(scan.balanced(until: ")")).compactMap { parameter in
      guard let colon = parameter.firstRange(of: ": ") else { return nil }
      let words = parameter[..<colon.lowerBound].split(separator: " ").map(String.init)
      guard let first = words.first, let last = words.last else { return nil }
      var type = parameter[colon.upperBound...]
      if let value = Scanner.firstUnquoted(" = ", in: type) { type = type[..<value.lowerBound] }
      return Parameter(
        label: first == "_" ? nil : first, name: last, type: String(type),
        isVariadic: type.hasSuffix("..."))
    }
  }
}

/// What a program declares.
final class Declarations {
  private(set) var roots: [Declaration] = []
  private(set) var imports: [String] = []
  private var types: [String: Declaration] = [:]

  init(_ lines: [String]) {
    var stack: [(indent: Int, declaration: Declaration)] = []
    var order = 0
    for line in lines {
      let text = line.drop { $0 == " " }
      let indent = line.count - text.count
      if text.hasPrefix("import ") || text.contains(" import ") {
        let module = String(text.split(separator: " ").last ?? "")
        if !["Builtin", "Swift", "SwiftShims"].contains(module) { imports.append(module) }
        continue
      }
      guard !text.isEmpty, !text.hasPrefix("}"), !text.hasPrefix("sil_stage"),
        let declaration = Self.read(text, order: order)
      else { continue }
      order += 1
      while let last = stack.last, last.indent >= indent { stack.removeLast() }
      if let parent = stack.last?.declaration {
        parent.add(declaration)
      } else {
        roots.append(declaration)
      }
      if text.hasSuffix("{") { stack.append((indent, declaration)) }
    }
    register(roots)
  }

  private func register(_ declarations: [Declaration]) {
    for declaration in declarations where declaration.isType {
      types[declaration.path] = declaration
      register(declaration.members)
    }
    for declaration in declarations where declaration.keyword == "extension" {
      for member in declaration.members where member.isType {
        types[declaration.name + "." + member.name] = member
        register(member.members)
      }
    }
  }

  private static let modifiers: Set = [
    "public", "internal", "private", "fileprivate", "open", "package", "override", "convenience",
    "required", "final", "static", "class", "mutating", "nonmutating", "indirect", "lazy", "weak",
    "unowned", "dynamic", "optional", "prefix", "postfix", "infix", "nonisolated", "consuming",
    "borrowing", "__consuming", "distributed", "private(set)", "fileprivate(set)", "unowned(safe)",
    "internal(set)", "public(set)",
  ]
  private static let keywords: Set = [
    "struct", "enum", "class", "protocol", "actor", "extension", "func", "init", "subscript", "var",
    "let", "case", "typealias", "associatedtype", "deinit",
  ]
  private static let dropped: Set = [
    "public", "internal", "private", "fileprivate", "open", "package", "private(set)",
    "fileprivate(set)", "internal(set)", "public(set)", "__consuming",
  ]

  private static func read(_ line: Substring, order: Int) -> Declaration? {
    var rest = line.hasSuffix(" {") ? line.dropLast(2) : line
    var isStored = false
    var kept: [String] = []
    while rest.hasPrefix("@") {
      let name = rest.dropFirst().prefix { $0.isLetter || $0 == "_" || $0.isNumber }
      var scan = Scanner(rest.dropFirst(name.count + 1))
      if scan.take("(") { _ = scan.balanced(until: ")") }
      if name == "_hasStorage" { isStored = true }
      if ["discardableResult", "escaping", "dynamicMemberLookup", "dynamicCallable"].contains(name)
      {
        kept.append("@" + name)
      }
      rest = scan.rest.drop { $0 == " " }
    }
    while true {
      let word = String(rest.prefix { $0 != " " && $0 != ":" && $0 != "{" })
      let next = rest.dropFirst(word.count).drop { $0 == " " }
      let isTypeClass =
        word == "class"
        && !["func", "var", "subscript", "let"].contains { next.hasPrefix($0 + " ") }
      guard modifiers.contains(word), !isTypeClass else { break }
      if !dropped.contains(word) { kept.append(word) }
      rest = next
    }
    let keyword = String(rest.prefix { $0.isLetter })
    guard keywords.contains(keyword) else { return nil }
    let after = rest.dropFirst(keyword.count).drop { $0 == " " }
    var name = String(
      after.prefix { $0 != "(" && $0 != ":" && $0 != " " && $0 != "<" && $0 != "{" && $0 != "," })
    if keyword == "func", let first = after.first, !first.isLetter, first != "_", first != "`" {
      name = String(after.prefix { $0 != "(" && $0 != " " })
      if let generic = name.firstRange(of: "<A") ?? name.firstRange(of: "<T") {
        name = String(name[..<generic.lowerBound])
      }
    }
    if keyword == "init" || keyword == "subscript" || keyword == "deinit" { name = keyword }
    let text = (kept + [String(rest)]).joined(separator: " ")
    return Declaration(
      keyword: keyword, name: name, text: text, isStored: isStored, order: order)
  }

  // MARK: Looking up

  func type(_ name: String) -> Declaration? {
    types[name] ?? types.first { $0.key.hasSuffix("." + name) }?.value
  }

  func declaration(of type: SILType?) -> Declaration? {
    type.flatMap { $0.base.isEmpty ? nil : self.type($0.base) }
  }

  func isClass(_ type: SILType?) -> Bool {
    guard let declaration = declaration(of: type) else { return false }
    return declaration.keyword == "class" || declaration.keyword == "actor"
  }

  /// The declarations that hold members of a type: itself and extensions of it.
  func holders(of context: String) -> [Declaration] {
    let own = type(context).map { [$0] } ?? []
    return own
      + roots.filter {
        $0.keyword == "extension" && ($0.name == context || context.hasSuffix("." + $0.name))
      }
  }

  /// The declaration of a function, an accessor's property, an initializer, in the program.
  func member(_ name: CalleeName) -> Declaration? {
    let candidates =
      name.context.isEmpty ? roots : holders(of: name.context).flatMap(\.members)
    return candidates.first { matches($0, name) }
  }

  func matches(_ declaration: Declaration, _ name: CalleeName) -> Bool {
    switch name.kind {
    case .function, .infix, .prefix, .postfix:
      declaration.keyword == "func" && declaration.name == name.base
        && declaration.parameters.map(\.label) == (name.labels ?? [])
        || declaration.keyword == "func" && declaration.name == name.base
          && name.kind != .function
    case .initializer:
      declaration.keyword == "init" && declaration.parameters.map(\.label) == (name.labels ?? [])
    case .getter, .setter, .modify, .read, .addressor:
      declaration.name == name.base
        && ["var", "let", "subscript"].contains(declaration.keyword)
    default: false
    }
  }

  /// The name of a requirement of a protocol, or of a class's method: `#Shape.area`.
  func requirement(_ path: String) -> String? {
    var text = path.drop { $0 == "#" }
    var accessor = ""
    if let mark = text.firstIndex(of: "!") {
      accessor = String(text[text.index(after: mark)...])
      text = text[..<mark]
    }
    guard let dot = text.lastIndex(of: ".") else { return nil }
    let owner = String(text[..<dot])
    let base = text[text.index(after: dot)...].replacing("\"", with: "")
    guard let type = type(owner) else { return nil }
    guard let member = type.members.first(where: { $0.name == base }) else { return nil }
    switch member.keyword {
    case "var", "let": return "\(owner).\(base).\(accessor.isEmpty ? "getter" : accessor)"
    case "subscript": return "\(owner).subscript.\(accessor.isEmpty ? "getter" : accessor)"
    default:
      let labels = member.parameters.map { ($0.label ?? "_") + ":" }.joined()
      let isStatic = member.text.contains("static ")
      return (isStatic ? "static " : "") + "\(owner).\(base)(\(labels))"
    }
  }

  // MARK: Parts of types

  private func substitution(_ declaration: Declaration, _ type: SILType) -> [String: SILType] {
    Dictionary(zip(declaration.generics, type.arguments)) { first, _ in first }
  }

  /// `var x: Int { get set }` → `Int`
  static func typeText(_ text: String) -> Substring? {
    guard let colon = text.firstRange(of: ": ") else { return nil }
    let type = text[colon.upperBound...]
    return type.firstRange(of: " {").map { type[..<$0.lowerBound] } ?? type
  }

  func storedFields(of type: SILType) -> [String]? {
    declaration(of: type)?.members.filter { $0.isStored && !$0.text.isStaticMember }.map(\.name)
  }

  func type(ofField field: String, in type: SILType?) -> SILType? {
    guard let type, let declaration = declaration(of: type),
      let member = declaration.members.first(where: { $0.name == field }),
      let colon = member.text.firstRange(of: ": ")
    else { return nil }
    var text = member.text[colon.upperBound...]
    if let brace = text.firstRange(of: " {") { text = text[..<brace.lowerBound] }
    return (try? SILType(reading: text))?.substituting(substitution(declaration, type))
  }

  /// `case b(Int), c(x: String, Int)` → the text in the parentheses of one.
  private func parameters(ofCase element: String, in declaration: Declaration) -> Substring? {
    for member in declaration.members where member.keyword == "case" {
      for part in Scanner.split(member.text.drop { $0 != " " }) {
        var scan = Scanner(part.hasPrefix("case ") ? part.dropFirst(5) : part)
        _ = scan.take("`")
        guard scan.word() == element else { continue }
        _ = scan.take("`")
        return scan.take("(") ? scan.balanced(until: ")") : nil
      }
    }
    return nil
  }

  func payload(_ element: String, of type: SILType?) -> SILType? {
    guard let type else { return nil }
    if type.base == "Optional" { return element == "some" ? type.arguments.first : nil }
    guard let declaration = declaration(of: type),
      let text = parameters(ofCase: element, in: declaration),
      let payload = try? SILType(reading: "(" + text + ")")
    else { return nil }
    let substituted = payload.substituting(substitution(declaration, type))
    if case .tuple(let elements) = substituted, elements.count == 1 { return elements[0].type }
    return substituted
  }

  func labels(ofCase element: String, in type: SILType?) -> [String?] {
    guard let declaration = declaration(of: type),
      let text = parameters(ofCase: element, in: declaration)
    else { return [nil] }
    return Scanner.split(text).map { part in
      let word = part.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      return !word.isEmpty && part[word.endIndex...].hasPrefix(": ") && word != "_"
        ? String(word) : nil
    }
  }

  func cases(of type: SILType?) -> [String] {
    guard let declaration = declaration(of: type) else { return [] }
    return declaration.members.filter { $0.keyword == "case" }.flatMap { member in
      Scanner.split(member.text.drop { $0 != " " }).map { part in
        String(part.drop { $0 == "`" }.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
      }
    }
  }
}

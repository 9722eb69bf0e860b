/// The program that a function is regenerated from, and what of it is needed so far.
final class Program {
  let module: SILModule
  let declarations: Declarations
  let demangle: (String) -> String
  /// The functions still to be written, each once.
  private(set) var wanted: [(function: SILFunction, declaration: Declaration?)] = []
  private var known: Set<String> = []
  private var localNames: [String: String] = [:]

  /// Whether calls of a symbol are replaced by what it does.
  var inlines: (String) -> Bool = { _ in false }
  /// The functions that are being inlined: recursion stays a call.
  var inlining: Set<String> = []

  init(_ module: SILModule, demangle: @escaping (String) -> String) {
    self.module = module
    self.demangle = demangle
    declarations = Declarations(module.header)
  }

  /// What a callee is called where it is called; a function of the program is written, too.
  func require(_ reference: CalleeReference) throws(SourceError) -> String {
    let name = reference.name
    let base = name.base.asIdentifier
    if name.kind == .local {
      let title = localName(reference)
      if let function = module.function(reference.symbol) { want(function, nil) }
      return title
    }
    guard let declaration = declarations.member(name) else { return base }
    if declaration.isStored {
      if declaration.parent == nil { wantGlobal(declaration.name) }
      return base
    }
    if [.getter, .setter, .modify, .read].contains(name.kind) {
      wantAccessors(name, declaration)
      if !reference.symbol.hasPrefix("#") { return base }
    }
    if reference.symbol.hasPrefix("#") {
      wantOverrides(reference.symbol)
      return base
    }
    if let function = module.function(reference.symbol), !function.isMemberwise {
      want(function, declaration)
    }
    return base
  }

  /// `helper #1 (_:) in f(_:)` → `helper`, `helper2` for another of the same name.
  func localName(_ reference: CalleeReference) -> String {
    if let name = localNames[reference.symbol] { return name }
    let base = reference.name.base.replacing("$defer", with: "deferred")
    var title = base
    var number = 2
    let taken = Set(localNames.values).union(declarations.roots.map(\.name))
    while taken.contains(title) {
      title = base + String(number)
      number += 1
    }
    localNames[reference.symbol] = title
    return title
  }

  /// The methods that a call through a class's table may reach.
  private func wantOverrides(_ path: String) {
    let member = path.split(separator: ".").last ?? ""
    for (key, title) in module.methods where key.hasSuffix("." + member) {
      let name = CalleeName(title)
      if let declaration = declarations.member(name),
        let function = module.functions.first(where: { $0.name == title })
      {
        if declaration.isStored { continue }
        if [.getter, .setter, .modify, .read].contains(name.kind) {
          wantAccessors(name, declaration)
          continue
        }
        want(function, declaration)
      }
    }
  }

  /// A property's getter and setter; what changes it in place is made of these.
  private func wantAccessors(_ name: CalleeName, _ declaration: Declaration) {
    let path = (name.isStatic ? "static " : "") + name.context + "." + name.base
    for function in module.functions {
      guard function.name == path + ".getter" || function.name == path + ".setter" else { continue }
      if name.base == "subscript", self.declaration(of: function) !== declaration { continue }
      want(function, declaration)
    }
  }

  func want(_ function: SILFunction, _ declaration: Declaration?) {
    if function.name.contains(".__allocating_init(") {
      // What a class's initializer does is in the other function that it has.
      let name = function.name.replacing(".__allocating_init(", with: ".init(")
      if let body = module.functions.first(where: { $0.name == name }) { want(body, declaration) }
      return
    }
    if let declaration, declaration.isRawValue { return }
    guard known.insert(function.symbol).inserted else { return }
    wanted.append((function, declaration))
  }

  /// The program's global variables that are named so far.
  private(set) var globals: [Declaration] = []

  func wantGlobal(_ name: String) {
    guard let declaration = declarations.roots.first(where: { $0.isStored && $0.name == name }),
      !globals.contains(where: { $0 === declaration })
    else { return }
    globals.append(declaration)
  }

  /// The next function that nobody has written.
  func next() -> (function: SILFunction, declaration: Declaration?)? {
    wanted.isEmpty ? nil : wanted.removeFirst()
  }

  /// The value that a stored property begins with.
  func initialValue(_ symbol: String) throws(SourceError) -> Expression? {
    guard let function = module.function(symbol) else { return nil }
    let lowering = try Lowering(self, function)
    return value(Simplifier.simplified(try lowering.body()), lowering.type.result)
  }

  /// The value that a global variable, or a static property, begins with.
  func firstValue(_ declaration: Declaration, type: SILType?) throws(SourceError) -> Expression? {
    let title = "one-time initialization function for \(declaration.name)"
    let path = declaration.parent.map { $0.path + "." + declaration.name } ?? declaration.name
    for function in module.functions where function.name == title {
      let addresses = function.blocks.flatMap(\.instructions).filter { $0.opcode == "alloc_global" }
      guard
        addresses.contains(where: { address in
          globalName(String(address.operands.drop { $0 == "@" })).hasSuffix(path)
        })
      else { continue }
      let lowering = try Lowering(self, function)
      let variable = Variable(type: type, shown: "result")
      lowering.globalResult = variable
      return value(
        Simplifier.simplified([.declare(variable, nil)] + (try lowering.body())), type ?? .void)
    }
    return nil
  }

  /// The raw values of an enum's cases, which only its code has.
  func rawValues(of type: Declaration) throws(SourceError) -> [String: Expression] {
    guard type.hasRawValues,
      let function = module.functions.first(where: { $0.name == "\(type.path).rawValue.getter" })
    else { return [:] }
    let body = Simplifier.simplified(try Lowering(self, function).body())
    guard let first = body.first, case .select(_, let cases) = first else { return [:] }
    var values: [String: Expression] = [:]
    for item in cases {
      guard let name = item.name, let last = item.body.last, case .result(let value?) = last else {
        continue
      }
      values[name] = value
    }
    return values
  }

  private func value(_ body: [Statement], _ type: SILType) -> Expression {
    if body.count == 1, case .result(let value?) = body[0] { return value }
    var names = Names(reserved: [])
    names.name(body, parameters: [])
    let closure = Closure(
      parameters: [], result: type, doesThrow: false, body: body,
      isImplicit: false)
    return .compound(
      Compound([.expression(.closure(closure), .postfix), .text("()")], .postfix, .call))
  }

  func globalName(_ symbol: String) -> String {
    let full = demangle(symbol)
    let name = full.hasPrefix("static ") ? full.dropFirst("static ".count) : full[...]
    let path = name.prefix { $0 != " " }
    return String(path.split(separator: ".").dropFirst().joined(separator: "."))
  }

  /// The labels of a subscript, which only its full name has.
  func subscriptLabels(_ reference: CalleeReference) -> [String?] {
    if let declaration = declarations.member(reference.name) {
      // A label is written only where there are two names.
      return declaration.parameters.map { $0.label == $0.name ? nil : $0.label }
    }
    let full = demangle(reference.symbol)
    guard let found = full.firstRange(of: "subscript."),
      let open = full[found.upperBound...].firstRange(of: " : ")
    else { return [] }
    var rest = full[open.upperBound...]
    if rest.hasPrefix("<"), let end = rest.firstRange(of: "> ") { rest = rest[end.upperBound...] }
    var scan = Scanner(rest)
    guard scan.take("(") else { return [] }
    return Scanner.split(scan.balanced(until: ")")).map { part in
      let word = part.prefix { $0.isLetter || $0 == "_" }
      return !word.isEmpty && part[word.endIndex...].hasPrefix(": ") && word != "_"
        ? String(word) : nil
    }
  }

  /// Whether an argument's elements are written one by one.
  func isVariadic(_ reference: CalleeReference, _ position: Int) -> Bool {
    if let declaration = declarations.member(reference.name) {
      let parameters = declaration.parameters
      return position < parameters.count && parameters[position].isVariadic
    }
    switch (reference.name.base, position) {
    case ("print", 0), ("debugPrint", 0): return true
    case ("min", 3), ("max", 3): return true
    case ("init", 0):
      return ["arrayLiteral", "dictionaryLiteral"].contains(reference.name.labels?.first ?? nil)
    default: return false
    }
  }
}

extension SILFunction {
  /// Whether it is the initializer that a struct has of itself.
  var isMemberwise: Bool {
    guard CalleeName(name).kind == .initializer, blocks.count == 1 else { return false }
    return blocks[0].instructions.allSatisfy { ["struct", "return"].contains($0.opcode) }
  }
}

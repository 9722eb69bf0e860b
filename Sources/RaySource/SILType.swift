/// A type, as SIL writes it or as Swift does.
indirect enum SILType: Equatable {
  case named(String, [SILType])
  /// `Base.Name<Arguments>`
  case member(SILType, String, [SILType])
  case tuple([Element])
  case function(SILFunctionType)
  /// `any P`, `some P`, `inout T`, `repeat T`, `each T`
  case marked(String, SILType)
  case composition([SILType])

  struct Element: Equatable {
    var label: String?
    var type: SILType
  }

  static var void: SILType { .tuple([]) }

  var isVoid: Bool { self == .void }

  var isFunction: Bool {
    if case .function = self { return true }
    return false
  }

  /// The name without arguments: `Array`.
  var base: String {
    switch self {
    case .named(let name, _): name
    case .member(let base, let name, _): base.base + "." + name
    default: ""
    }
  }

  var arguments: [SILType] {
    switch self {
    case .named(_, let arguments), .member(_, _, let arguments): arguments
    default: []
    }
  }

  /// What `T.Type` is of.
  var instance: SILType? {
    guard case .member(let base, let name, _) = self, name == "Type" || name == "Protocol" else {
      return nil
    }
    return base
  }

  func substituting(_ types: [String: SILType]) -> SILType {
    if types.isEmpty { return self }
    switch self {
    case .named(let name, let arguments):
      if arguments.isEmpty, let type = types[name] { return type }
      return .named(name, arguments.map { $0.substituting(types) })
    case .member(let base, let name, let arguments):
      return .member(
        base.substituting(types), name, arguments.map { $0.substituting(types) }
      ).resolved
    case .tuple(let elements):
      return .tuple(
        elements.map { Element(label: $0.label, type: $0.type.substituting(types)) })
    case .function(let function): return .function(function.substituting(types))
    case .marked(let mark, let type): return .marked(mark, type.substituting(types))
    case .composition(let types_): return .composition(types_.map { $0.substituting(types) })
    }
  }

  /// What an associated type of a type of the standard library is.
  private var resolved: SILType {
    guard case .member(let base, let name, _) = self else { return self }
    switch (base.base, name) {
    case ("Array", "Element"), ("ArraySlice", "Element"), ("Set", "Element"), ("Range", "Bound"),
      ("ClosedRange", "Bound"), ("Range", "Element"), ("ClosedRange", "Element"),
      ("ContiguousArray", "Element"), ("UnsafeBufferPointer", "Element"),
      ("UnsafeMutableBufferPointer", "Element"):
      return base.arguments.first ?? self
    case ("Array", "Index"), ("ArraySlice", "Index"), ("ContiguousArray", "Index"):
      return .named("Int", [])
    case ("String", "Element"), ("Substring", "Element"): return .named("Character", [])
    case ("Array", "SubSequence"): return .named("ArraySlice", base.arguments)
    default: return self
    }
  }
}

/// A function's type with its conventions.
struct SILFunctionType: Equatable {
  struct Part: Equatable {
    /// `out`, `inout`, `in_guaranteed`, … ; `error`, `error_indirect` among results.
    var conventions: [String] = []
    var type: SILType

    func has(_ name: String) -> Bool { conventions.contains(name) }
    var isIndirectResult: Bool { has("out") }
    var isInout: Bool { has("inout") || has("inout_aliasable") }
  }

  var attributes: [String] = []
  var generics: [String] = []
  var parameters: [Part] = []
  var results: [Part] = []
  var error: Part?
  var isAsync = false

  /// Whether the last parameter is `self`.
  var isMethod: Bool {
    attributes.contains {
      $0.hasPrefix("convention(method") || $0.hasPrefix("convention(witness_method")
    }
  }

  /// Whether it throws anything but `Never`.
  var doesThrow: Bool {
    guard let error else { return false }
    return error.type != .named("Never", [])
  }

  /// What the function returns, indirect results included.
  var result: SILType {
    results.count == 1
      ? results[0].type : .tuple(results.map { SILType.Element(label: nil, type: $0.type) })
  }

  func substituting(_ types: [String: SILType]) -> SILFunctionType {
    var copy = self
    copy.parameters = parameters.map {
      Part(conventions: $0.conventions, type: $0.type.substituting(types))
    }
    copy.results = results.map {
      Part(conventions: $0.conventions, type: $0.type.substituting(types))
    }
    copy.error = error.map {
      Part(conventions: $0.conventions, type: $0.type.substituting(types))
    }
    return copy
  }

  func applied(to types: [SILType]) -> SILFunctionType {
    guard types.count == generics.count else { return self }
    return substituting(Dictionary(zip(generics, types)) { first, _ in first })
  }
}

extension SILType: CustomStringConvertible {
  /// As Swift writes it.
  var description: String {
    switch self {
    case .named("Optional", let types) where types.count == 1: Self.operand(types[0]) + "?"
    case .named("Array", let types) where types.count == 1: "[\(types[0])]"
    case .named("Dictionary", let types) where types.count == 2: "[\(types[0]): \(types[1])]"
    case .named(let name, let arguments): name + Self.list(arguments)
    case .member(let base, let name, let arguments):
      Self.operand(base) + "." + name + Self.list(arguments)
    case .tuple(let elements):
      "("
        + elements.map { element in
          (element.label.map { $0 + ": " } ?? "") + element.type.description
        }.joined(separator: ", ") + ")"
    case .function(let function): Self.text(function)
    case .marked(let mark, let type): mark + " " + type.description
    case .composition(let types): types.map(Self.operand).joined(separator: " & ")
    }
  }

  private static func list(_ arguments: [SILType]) -> String {
    arguments.isEmpty ? "" : "<" + arguments.map(\.description).joined(separator: ", ") + ">"
  }

  private static func operand(_ type: SILType) -> String {
    switch type {
    case .function, .marked, .composition: "(\(type))"
    default: type.description
    }
  }

  private static func isNoescape(_ type: SILType) -> Bool {
    guard case .function(let function) = type else { return false }
    return function.attributes.contains("noescape")
  }

  private static func text(_ function: SILFunctionType) -> String {
    var text = function.attributes.contains("Sendable") ? "@Sendable " : ""
    if function.attributes.contains("convention(c)") { text += "@convention(c) " }
    let parameters = function.parameters.map { part in
      let isClosure = part.type.isFunction && !Self.isNoescape(part.type)
      return (part.isInout ? "inout " : "") + (isClosure ? "@escaping " : "")
        + part.type.description
    }
    text += "(" + parameters.joined(separator: ", ") + ")"
    if function.isAsync { text += " async" }
    if function.doesThrow, let error = function.error {
      let type = error.type.description
      text += type == "any Error" ? " throws" : " throws(\(type))"
    }
    return text + " -> " + function.result.description
  }
}

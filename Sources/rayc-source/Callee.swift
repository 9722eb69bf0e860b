/// What a symbol is called in the source: `originalInput` of
/// `$s14ArgumentParser14SplitArgumentsV13originalInput2atSSSgAA0C6OriginV_tF`.
struct Callee: Equatable {
  enum Role: Equatable {
    /// A function or method.
    case function
    /// An initialiser: the name is its type's, the labels are its own.
    case initializer
    /// A property's getter, or where it lies; `read` and `modify` accessors.
    case getter, setter
    case subscriptGetter, subscriptSetter
    case `operator`
    /// A closure, or the one that the compiler made of an operand.
    case closure
    /// What is evaluated where an argument is left out: the name is the function's.
    case defaultArgument
    /// The value that a property is declared with.
    case initialValue
    case deinitializer
    /// The body of a `defer`.
    case deferred
    /// Not Swift's.
    case foreign
    /// Only known at run time.
    case unknown
    /// What no rule knows.
    case other
  }

  var role: Role
  var name: String
  var labels = ""
  static let unknown = Callee(role: .unknown, name: "")

  init(role: Role, name: String, labels: String = "") {
    self.role = role
    self.name = name
    self.labels = labels
  }

  init(symbol: String, demangle: (String) -> String) {
    guard !symbol.isEmpty else {
      self = .unknown
      return
    }
    let full = demangle(symbol)
    guard full != symbol else {
      self.init(role: .foreign, name: symbol)
      return
    }
    self.init(shortened: ShortName.shortened(full))
  }

  private static let prefixes = [
    "static ", "class ", "key path getter for ", "key path setter for ", "merged ",
    "dispatch thunk of ", "partial apply forwarder for ",
    "async function pointer to ", "protocol witness for ", "distributed thunk ",
    "@nonobjc ", "@objc ", "lazy ", "inlined generic function of ", "inlined generic function  of ",
  ]

  /// - Parameter text: a name as ShortName has it.
  init(shortened text: String) {
    var head = Substring(text.firstRange(of: " in ").map { text[..<$0.lowerBound] } ?? text[...])
    for effect in [" async", " throws", " -> ", "@Sendable", " @Sendable"] {
      if let found = head.firstRange(of: effect) { head = head[..<found.lowerBound] }
    }
    while let prefix = Self.prefixes.first(where: { head.hasPrefix($0) }) {
      head = head.dropFirst(prefix.count)
    }
    if let argument = head.firstRange(of: "default argument "),
      argument.lowerBound == head.startIndex, let of = head.firstRange(of: " of ")
    {
      let function = Callee(shortened: String(head[of.upperBound...]))
      self.init(role: .defaultArgument, name: function.name, labels: "\(function.role)")
      return
    }
    if head.contains("reabstraction thunk") {
      self.init(role: .closure, name: "")
      return
    }
    for (prefix, role) in [
      ("variable initialization expression of ", Role.initialValue),
      ("property wrapper backing initializer of ", .initialValue),
      ("closure #", .closure), ("implicit closure #", .closure), ("autoclosure #", .closure),
      ("$defer #", .deferred),
    ] where head.hasPrefix(prefix) {
      let name = head.dropFirst(prefix.count).split(separator: ".").last ?? ""
      self.init(role: role, name: String(name))
      return
    }
    self.init(declaration: head)
  }

  private static let reading: Set<Substring> = [
    "getter", "read", "read2", "modify", "modify2", "unsafeMutableAddressor", "unsafeAddressor",
    "yielding_borrow", "yielding_mutate", "addressor", "borrow", "mutate",
  ]
  private static let writing: Set<Substring> = [
    "setter", "willset", "didset", "init accessor", "materializeForSet",
  ]

  private init(declaration: Substring) {
    for fixity in [" infix(", " prefix(", " postfix("] {
      guard let found = declaration.firstRange(of: fixity) else { continue }
      self.init(role: .operator, name: Self.operatorName(declaration[..<found.lowerBound]))
      return
    }
    var path = declaration
    var labels = ""
    if path.last == ")", let open = path.lastIndex(of: "(") {
      labels = String(path[open...])
      path = path[..<open]
    }
    // `next #1` is a function in a function.
    if let number = path.firstRange(of: " #") { path = path[..<number.lowerBound] }
    var parts = path.split(separator: ".")
    let last = parts.popLast() ?? ""
    let owner = String(parts.last ?? "")
    switch last {
    case "init", "__allocating_init": self.init(role: .initializer, name: owner, labels: labels)
    case "deinit", "__deallocating_deinit", "__isolated_deallocating_deinit":
      self.init(role: .deinitializer, name: owner)
    case _ where labels.isEmpty && Self.reading.contains(last):
      self.init(role: owner == "subscript" ? .subscriptGetter : .getter, name: owner)
    case _ where labels.isEmpty && Self.writing.contains(last):
      self.init(role: owner == "subscript" ? .subscriptSetter : .setter, name: owner)
    default: self.init(role: .function, name: String(last), labels: labels)
    }
  }

  // `Bool.!` is `!`, `Comparable...<` is `..<`.
  private static func operatorName(_ path: Substring) -> String {
    let symbols = path.reversed().prefix { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != ")" }
    let name = String(symbols.reversed())
    return name.count < path.count ? String(name.dropFirst()) : name
  }
}

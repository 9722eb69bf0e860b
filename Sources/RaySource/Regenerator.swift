/// Swift for a function, made of what the compiler made of it.
public struct RegeneratedSource: Sendable {
  /// The whole file.
  public var text: String
  /// The functions in it, as Swift names them, the asked one first.
  public var functions: [String]
}

/// Writes functions of a program as Swift again.
public struct Regenerator {
  private let program: Program

  /// - Parameters:
  ///   - module: the program's SIL, without the inlining of transparent functions.
  ///   - demangle: a symbol's full name.
  ///   - inlines: whether calls of a symbol are replaced by what it does.
  public init(
    _ module: SILModule, demangle: @escaping (String) -> String,
    inlines: @escaping (String) -> Bool = { _ in false }
  ) {
    program = Program(module, demangle: demangle)
    program.inlines = inlines
  }

  /// The functions whose name is meant: `f`, `f(_:)`, `Shape.area()`.
  public func functions(named pattern: String) -> [SILFunction] {
    let all = program.module.functions.filter {
      program.declarations.member(CalleeName($0.name)) != nil
    }
    // Constraints of an extension and generic parameters are no part of what one writes.
    let exact = all.filter {
      $0.name == pattern || $0.plainName == pattern || "static " + pattern == $0.plainName
    }
    if !exact.isEmpty { return exact }
    return all.filter { function in
      let name = CalleeName(function.name)
      let short = (name.context.isEmpty ? "" : name.context + ".") + name.base
      let path = "." + function.name
      return short == pattern || name.base == pattern || path.hasSuffix("." + pattern)
        || function.name.hasPrefix(pattern + "(")
    }
  }

  /// The names of all functions that the program declares.
  public var functionNames: [String] {
    program.module.functions.map(\.name).filter {
      program.declarations.member(CalleeName($0)) != nil
    }
  }

  /// The data flow of a function, from its code alone.
  /// - Throws: `SourceError` for code that is not known.
  public func staticGraph(of function: SILFunction) throws(SourceError) -> StaticGraph {
    try StaticGraphBuilder.graph(of: function, in: program.module, demangle: program.demangle)
  }

  /// - Parameters:
  ///   - functions: what others may call; what these call is private.
  ///   - main: statements for the end of the file.
  /// - Throws: `SourceError` that names the construct which cannot be written.
  public func source(
    of functions: [SILFunction], main: String? = nil
  ) throws(SourceError) -> RegeneratedSource {
    for function in functions {
      guard let declaration = program.declaration(of: function) else {
        throw SourceError("the program does not declare it", function: function.name)
      }
      program.want(function, declaration)
    }
    var file = SourceFile(program, asked: Set(functions.map(\.symbol)))
    try file.writeAll()
    return RegeneratedSource(text: file.text(main: main), functions: file.names)
  }
}

extension SILFunction {
  /// Its name without generic parameters and constraints: `Sequence.firstNonNil(_:)`.
  public var plainName: String {
    let name = CalleeName(self.name)
    let labels = name.labels.map { "(" + $0.map { ($0 ?? "_") + ":" }.joined() + ")" } ?? ""
    return (name.isStatic ? "static " : "") + (name.context.isEmpty ? "" : name.context + ".")
      + name.base + labels
  }
}

extension Program {
  /// The declaration of a function, told from others of its name by its parameters' types.
  func declaration(of function: SILFunction) -> Declaration? {
    let name = CalleeName(function.name)
    let candidates =
      (name.context.isEmpty
      ? declarations.roots : declarations.holders(of: name.context).flatMap(\.members))
      .filter { declarations.matches($0, name) && name.isStatic == $0.text.isStaticMember }
    if candidates.count <= 1 { return candidates.first }
    let same = module.functions.filter { $0.plainName == function.plainName }.map(\.symbol)
    if same.count == candidates.count, let index = same.firstIndex(of: function.symbol) {
      // Both are in the order of the source.
      return candidates[index]
    }
    return candidates.first
  }
}

extension String {
  var isStaticMember: Bool {
    hasPrefix("static ") || hasPrefix("class func") || contains(" static ")
  }
}

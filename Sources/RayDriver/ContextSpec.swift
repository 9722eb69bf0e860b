import SystemPackage

/// What is put into a program. After `-W`: a context that comes with rayc, or a type in a file,
/// and its arguments; after `-D` a dynamo, after `--pass` a pass of LLVM's or of a plugin.
public struct ContextSpec: Equatable, Sendable {
  public enum Source: Equatable, Sendable {
    case builtIn(String)
    case file(FilePath, type: String)
    /// The same in a library that the running program loads, and another one instead.
    case live(FilePath, type: String)
    /// `dispatch`: hands events on to the contexts that a program makes itself with `overdub`.
    case dispatch
    /// A type that conforms to `Dynamo`.
    case dynamo(FilePath, type: String)
    case pass(String, plugin: FilePath?)
  }

  public var source: Source
  public var arguments: [String]
  /// What `dispatch` or a live context hands on beside calls and loads.
  public var points: Set<Point> = []

  /// The spec without its arguments, as messages name it.
  public var name: String {
    switch source {
    case .builtIn(let name): name
    case .file(let path, let type), .live(let path, let type), .dynamo(let path, let type):
      "\(path):\(type)"
    case .pass(let name, _): name
    case .dispatch: "dispatch"
    }
  }

  public static let standard = ContextSpec(source: .builtIn("count"), arguments: [])
  /// What a program gets that only transforms are for.
  static let none = ContextSpec(source: .builtIn("none"), arguments: [])

  /// Whether it receives events, and is no transform of IR.
  public var isContext: Bool {
    switch source {
    case .builtIn, .file, .live, .dispatch: true
    case .dynamo, .pass: false
    }
  }

  /// The same contexts and, for a program that records graphs itself, the one that does it.
  public static func recording(_ specs: [ContextSpec], graphs: Bool) -> [ContextSpec] {
    let recorder = Source.builtIn("datagraph")
    guard graphs, !specs.contains(where: { $0.source == recorder }) else { return specs }
    return specs + [ContextSpec(source: recorder, arguments: [])]
  }

  /// The contexts of a build, in the order in which they see an event.
  ///
  /// - Parameters:
  ///   - specs: those that the user named.
  ///   - points: what the program's own contexts may have hooks for; they come last. Nil if it has
  ///     none.
  public static func stack(_ specs: [ContextSpec], points: Set<Point>?) -> [ContextSpec] {
    if let points, !specs.contains(where: { $0.source == .dispatch }) {
      var dispatch = ContextSpec(source: .dispatch, arguments: [])
      dispatch.points = points
      return specs + [dispatch]
    }
    if specs.contains(where: \.isContext) { return specs }
    return specs + [specs.isEmpty ? .standard : .none]
  }

  /// What follows `-D`.
  /// - Throws: `Diagnostic.malformedDynamo`.
  public init(parsingDynamo text: String) throws(Diagnostic) {
    do {
      try self.init(parsing: text)
    } catch .malformedSpec(_, let reason) {
      throw .malformedDynamo(text, reason: reason)
    } catch .contextNeedsType {
      throw .malformedDynamo(text, reason: Self.dynamoForm)
    } catch {
      throw error
    }
    guard case .file(let path, let type) = source else {
      throw .malformedDynamo(text, reason: Self.dynamoForm)
    }
    source = .dynamo(path, type: type)
  }

  private static let dynamoForm = "write 'path/to/file.swift:Type', with a type that is a Dynamo"

  public init(source: Source, arguments: [String]) {
    self.source = source
    self.arguments = arguments
  }

  /// - Throws: `Diagnostic.malformedSpec` or `.contextNeedsType`.
  public init(parsing text: String) throws(Diagnostic) {
    let words: [String]
    do {
      words = try ShellWords.split(text)
    } catch {
      throw .malformedSpec(text, reason: "a \(error.quote) is not closed")
    }
    guard let head = words.first, !head.isEmpty else {
      throw .malformedSpec(
        text, reason: "write a context's name, such as 'count', or 'path/to/file.swift:Type'")
    }
    arguments = Array(words.dropFirst())
    guard head.contains("/") || head.contains(".") || head.contains(":") else {
      source = head == "dispatch" ? .dispatch : .builtIn(head)
      if source == .dispatch { try takePoints(text) }
      return
    }
    guard let colon = head.lastIndex(of: ":") else {
      throw .contextNeedsType(head, types: [])
    }
    let file = String(head[..<colon])
    let type = String(head[head.index(after: colon)...])
    guard !file.isEmpty, Self.isTypeName(type) else {
      throw .malformedSpec(
        text, reason: "after the ':' comes the name of a type, as in 'path/to/file.swift:Type'")
    }
    source = .file(FilePath(file), type: type)
  }

  private mutating func takePoints(_ text: String) throws(Diagnostic) {
    for name in arguments {
      guard let point = Point(rawValue: name) else {
        let known = Point.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        throw .malformedSpec(text, reason: "behind 'dispatch' come points: \(known)")
      }
      points.insert(point)
    }
    arguments = []
  }

  /// The compilation conditions of the context's file: for one that comes with rayc, an argument
  /// `--stores` is the condition `RAYC_STORES` where the file has such a word, so that what nobody
  /// asks for is not instrumented.
  func conditions(in text: String) -> [String] {
    guard case .builtIn = source else { return points.map(\.condition).sorted() }
    let flags = arguments.filter { $0.hasPrefix("--") }
      .map { "RAYC_" + $0.dropFirst(2).uppercased().map { $0 == "-" ? "_" : String($0) }.joined() }
    return Set(flags).filter { text.contains("#if \($0)\n") || text.contains("#if !\($0)\n") }
      .sorted()
  }

  /// `Type` or `Outer.Inner`; anything else would end up in generated source.
  private static func isTypeName(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      guard let first = part.unicodeScalars.first, !("0"..."9" ~= first) else { return false }
      return part.unicodeScalars.allSatisfy {
        $0 == "_" || $0.properties.isAlphabetic || "0"..."9" ~= $0
      }
    }
  }
}

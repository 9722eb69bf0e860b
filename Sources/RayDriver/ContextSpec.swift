import SystemPackage

/// What follows `-W`: a context that comes with rayc, or a type in a file, and its arguments.
public struct ContextSpec: Equatable, Sendable {
  public enum Source: Equatable, Sendable {
    case builtIn(String)
    case file(FilePath, type: String)
    /// `dispatch`: hands events on to the contexts that a program makes itself with `overdub`.
    case dispatch
  }

  public var source: Source
  public var arguments: [String]

  /// The spec without its arguments, as messages name it.
  public var name: String {
    switch source {
    case .builtIn(let name): name
    case .file(let path, let type): "\(path):\(type)"
    case .dispatch: "dispatch"
    }
  }

  public static let standard = ContextSpec(source: .builtIn("count"), arguments: [])

  /// The contexts of a build, in the order in which they see an event.
  ///
  /// - Parameters:
  ///   - specs: those that the user named.
  ///   - importsRay: whether the program may have contexts of its own; they come last.
  public static func stack(_ specs: [ContextSpec], importsRay: Bool) -> [ContextSpec] {
    if importsRay, !specs.contains(where: { $0.source == .dispatch }) {
      return specs + [ContextSpec(source: .dispatch, arguments: [])]
    }
    return specs.isEmpty ? [.standard] : specs
  }

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

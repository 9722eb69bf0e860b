import FoundationEssentials
import SwiftOperators
import SwiftSyntax

/// Holds the locations of sites against the source.
///
/// What exists only for the compiler, calls of the runtime and code without a location are left
/// out.
struct LocationCheck {
  struct Record: Decodable {
    var record: String
    var kind: String?
    var function: String?
    var callee: String?
    var inlined: String?
    var file: String?
    var line: Int?
    var column: Int?
    var variable: String?
    var untyped: String?
  }

  struct Verdict: Encodable {
    var holds: Bool
    /// Whether the site's record has a name that the source can be held against.
    var named: Bool
    var rule: String
    var file: String
    var line: Int
    var column: Int
    /// What the site is about, and the word that the source has there.
    var what: String
    var text: String
  }

  static let plumbing = "it exists only for the compiler"

  private var operators = OperatorTable.standardOperators
  private var files: [String: SourceText?] = [:]
  private var rules = LocationRules()

  /// - Parameter interface: the standard library's, for what of it is inlined without a trace.
  init(interface: String?) {
    if let interface, let tree = SourceText.tree(path: interface) { rules.transparent.add(tree) }
  }

  mutating func verdicts(_ records: [Record]) -> [Verdict] {
    for record in records where record.record == "site" { _ = source(record.file ?? "") }
    return records.compactMap { verdict($0) }
  }

  private mutating func verdict(_ record: Record) -> Verdict? {
    guard record.record == "site", record.kind == "call" || record.kind == "load",
      record.untyped != Self.plumbing, let file = record.file, let line = record.line, line > 0
    else { return nil }
    let column = record.column ?? 0
    let callee = Callee(symbol: record.inlined ?? record.callee ?? "", demangle: demangled)
    let isVariable = record.kind == "load" && record.inlined == nil
    var verdict = Verdict(
      holds: false, named: isVariable ? record.variable != "" : callee.role != .unknown, rule: "",
      file: file, line: line, column: column,
      what: isVariable ? "load \(record.variable ?? "")" : "\(callee.role) \(callee.name)", text: ""
    )
    guard let source = source(file) else {
      verdict.rule = "the file cannot be read"
      return verdict
    }
    guard let (token, _) = source.token(line: line, column: column) else {
      verdict.rule = "the file has no such place"
      return verdict
    }
    verdict.text = token.text
    let rule =
      isVariable
      ? rules.rule(forLoadOf: record.variable ?? "", at: token) : rules.rule(for: callee, at: token)
    verdict.holds = rule != nil
    verdict.rule =
      (record.inlined == nil ? "" : "inlined: ") + (rule ?? "something else is there")
    return verdict
  }

  private mutating func source(_ path: String) -> SourceText? {
    if let known = files[path] { return known }
    let source = SourceText(path: path, operators: &operators)
    files[path] = source
    if let source { rules.transparent.add(source.tree) }
    if let source { rules.typeNames.formUnion(TypeNames.declared(in: source.tree)) }
    return source
  }
}

/// Collects what stands for types in a file besides the types themselves.
final class TypeNames: SyntaxVisitor {
  private var names: Set<String> = []

  static func declared(in tree: Syntax) -> Set<String> {
    let visitor = TypeNames(viewMode: .sourceAccurate)
    visitor.walk(tree)
    return visitor.names
  }

  override func visit(_ node: TypeAliasDeclSyntax) -> SyntaxVisitorContinueKind {
    names.insert(node.name.text)
    return .visitChildren
  }

  override func visit(_ node: AssociatedTypeDeclSyntax) -> SyntaxVisitorContinueKind {
    names.insert(node.name.text)
    return .visitChildren
  }

  override func visit(_ node: GenericParameterSyntax) -> SyntaxVisitorContinueKind {
    names.insert(node.name.text)
    return .visitChildren
  }
}

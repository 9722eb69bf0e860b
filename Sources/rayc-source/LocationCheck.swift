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
    /// Whether the place of another site in the file would do as well, which is chance.
    var chance: Bool
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
    let sites = records.filter {
      $0.record == "site" && ($0.kind == "call" || $0.kind == "load")
        && $0.untyped != Self.plumbing && $0.line ?? 0 > 0
    }
    // All files first: rules ask for what others declare.
    for site in sites { _ = source(site.file ?? "") }
    var verdicts: [Verdict] = []
    for (_, sites) in Dictionary(grouping: sites, by: { $0.file ?? "" }).sorted(by: {
      $0.key < $1.key
    }) {
      for (index, site) in sites.enumerated() {
        verdicts.append(verdict(site, elsewhere: sites[(index + sites.count / 2) % sites.count]))
      }
    }
    return verdicts
  }

  private mutating func verdict(_ site: Record, elsewhere: Record) -> Verdict {
    let callee = Callee(symbol: site.inlined ?? site.callee ?? "", demangle: demangled)
    let isVariable = site.kind == "load" && site.inlined == nil
    let variable = site.variable ?? ""
    var verdict = Verdict(
      holds: false, named: isVariable ? variable != "" : callee.role != .unknown, chance: false,
      rule: "", file: site.file ?? "", line: site.line ?? 0, column: site.column ?? 0,
      what: isVariable ? "load \(variable)" : "\(callee.role) \(callee.name)", text: "")
    guard let source = source(verdict.file) else {
      verdict.rule = "the file cannot be read"
      return verdict
    }
    func rule(at token: TokenSyntax) -> String? {
      isVariable ? rules.rule(forLoadOf: variable, at: token) : rules.rule(for: callee, at: token)
    }
    guard let token = source.token(line: verdict.line, column: verdict.column) else {
      verdict.rule = "the file has no such place"
      return verdict
    }
    let found = rule(at: token)
    let other = source.token(line: elsewhere.line ?? 0, column: elsewhere.column ?? 0)
    verdict.text = token.text
    verdict.holds = found != nil
    verdict.chance = other.flatMap(rule) != nil
    verdict.rule = (site.inlined == nil ? "" : "inlined: ") + (found ?? "something else is there")
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

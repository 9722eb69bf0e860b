import FoundationEssentials
import SystemPackage

/// A `.rayc.json`: what a project always wants instrumented.
///
///     {"rules": ["-file:*Tests*", "+MyLib.Parser"], "local": true, "minInstructions": 20, "depth": 10}
public struct RulesFile: Equatable, Sendable {
  public static let name = ".rayc.json"

  public var path: FilePath
  public var rules: [Rule] = []
  public var local = false
  public var minInstructions: Int?
  public var depth: Int?

  /// The nearest such file, in `folder` or above it.
  public static func find(above folder: FilePath) -> FilePath? {
    var folder = Files.absolute(folder)
    while true {
      let candidate = folder.appending(name)
      if Files.exists(candidate) { return candidate }
      guard folder.removeLastComponent() else { return nil }
    }
  }

  /// - Throws: `Diagnostic.cannotRead`, `.malformedRulesFile`, `.malformedPattern`.
  public init(reading path: FilePath) throws(Diagnostic) {
    try self.init(json: Files.read(path), path: path)
  }

  init(json text: String, path: FilePath) throws(Diagnostic) {
    self.path = path
    let contents: Contents
    do {
      contents = try JSONDecoder().decode(Contents.self, from: Data(text.utf8))
    } catch {
      throw .malformedRulesFile(path, reason: Self.reason(error))
    }
    for rule in contents.rules ?? [] {
      rules.append(try Rule(parsing: rule, origin: "'\(path)'"))
    }
    local = contents.local ?? false
    minInstructions = try Self.number(contents.minInstructions, .minInstructions, from: 0, path)
    depth = try Self.number(contents.depth, .depth, from: 0, path)
  }

  private static func number(
    _ value: Int?, _ key: Contents.Key, from least: Int, _ path: FilePath
  ) throws(Diagnostic) -> Int? {
    guard let value, value < least else { return value }
    throw .malformedRulesFile(
      path, reason: "'\(key.rawValue)' is \(value); write a number from \(least) on")
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case let unknown as UnknownKey: return unknown.description
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      guard let name = context.codingPath.first?.stringValue,
        let key = Contents.Key(rawValue: name)
      else { return "write an object, such as {\"rules\": [\"-file:*Tests*\"]}" }
      return "'\(name)' has to be \(key.form)"
    case let fraction as Fraction:
      return "'\(fraction.key.rawValue)' has to be \(fraction.key.form)"
    default: return "it is not JSON; write an object, such as {\"rules\": [\"-file:*Tests*\"]}"
    }
  }

  private struct UnknownKey: Error, CustomStringConvertible {
    var name: String
    var description: String {
      let known = Contents.Key.allCases.map(\.rawValue)
      let closest = Suggestion.closest(to: name, in: known).map { "; did you mean '\($0)'?" }
      let list = known.map { "'\($0)'" }.joined(separator: ", ")
      return "there is no '\(name)'\(closest ?? ""); it may hold \(list)"
    }
  }

  private struct Fraction: Error { var key: Contents.Key }

  private struct Contents: Decodable {
    enum Key: String, CodingKey, CaseIterable {
      case rules, local, minInstructions, depth

      var form: String {
        switch self {
        case .rules: "a list of rules in quotes, such as [\"-file:*Tests*\", \"+MyLib.Parser\"]"
        case .local: "true or false"
        case .minInstructions: "a whole number, such as 20"
        case .depth: "a whole number, such as 10"
        }
      }
    }

    struct AnyKey: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    var rules: [String]?
    var local: Bool?
    var minInstructions: Int?
    var depth: Int?

    init(from decoder: any Decoder) throws {
      let names = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
      for name in names.sorted() where Key(rawValue: name) == nil { throw UnknownKey(name: name) }
      let values = try decoder.container(keyedBy: Key.self)
      rules = try values.decodeIfPresent([String].self, forKey: .rules)
      local = try values.decodeIfPresent(Bool.self, forKey: .local)
      minInstructions = try Self.number(.minInstructions, values)
      depth = try Self.number(.depth, values)
    }

    /// The decoder does not say where a fraction is that an `Int` cannot hold.
    private static func number(_ key: Key, _ values: KeyedDecodingContainer<Key>) throws -> Int? {
      guard let value = try values.decodeIfPresent(Double.self, forKey: key) else { return nil }
      guard let number = Int(exactly: value) else { throw Fraction(key: key) }
      return number
    }
  }
}

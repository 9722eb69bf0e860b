/// What a function's values are called where they are shown.
public struct Naming: Sendable {
  /// By number.
  public var names: [String]

  /// `%load1`, `%load2`, `bb1`: by kind, in order.
  public init(_ function: ListedFunction) {
    var counts: [String: Int] = [:]
    names = function.values.map { value in
      if value.kind == "entry" { return value.kind }
      counts[value.kind, default: 0] += 1
      return "\(value.kind)\(counts[value.kind]!)"
    }
  }

  /// The names in the text.
  public init(rawNamesOf function: ListedFunction) { names = function.values.map(\.name) }

  /// Names for what came after: partners have the same name as before, and what is new has one
  /// that nothing before has.
  init(_ after: ListedFunction, like before: ListedFunction, _ naming: Naming, partners: [Int: Int])
  {
    var counts: [String: Int] = [:]
    for value in before.values { counts[value.kind, default: 0] += 1 }
    names = after.values.indices.map { number in
      if let partner = partners[number] { return naming.names[partner] }
      let kind = after.values[number].kind
      counts[kind, default: 0] += 1
      return "\(kind)\(counts[kind]!)"
    }
  }

  /// A line with these names.
  ///
  /// - Parameter symbols: another name for a global; nil keeps it.
  public func text(_ line: ListedLine, symbols: (String) -> String? = { _ in nil }) -> String {
    var text = line.kind == .instruction ? "  " : ""
    for piece in line.pieces {
      switch piece {
      case .text(let literal): text += Symbols.replacing(literal, with: symbols)
      case .value(let number): text += (line.kind == .label ? "" : "%") + names[number]
      }
    }
    return text
  }
}

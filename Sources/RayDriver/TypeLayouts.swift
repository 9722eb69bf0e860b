/// How the types of a module lie in memory and how their values are called, read off its IR.
///
/// For each type, Swift leaves records that refer to the names and types of its stored properties or
/// cases, to the methods of classes in the order of their tables, and to those of conformances. The
/// names of types and methods are spelled out in the symbols that the records refer to, and types
/// of other modules do not change while a program runs.
enum TypeLayouts {
  /// A line for each record, in order; equal lines where a value of one module can be used by the
  /// other.
  static func lines(in ir: String) -> [String] {
    var texts: [Substring: Substring] = [:]
    var records: [Substring] = []
    for line in ir.split(separator: "\n") where line.first == "@" {
      let name = reference(at: line.startIndex, in: line)
      if name.hasPrefix("@\"$s"), kinds.contains(where: { name.hasSuffix($0 + "\"") }) {
        // Those of other modules are only named where code uses them.
        if line.firstRange(of: " = external ") == nil { records.append(line) }
      } else if name.dropFirst().allSatisfy(\.isNumber),
        let start = line.firstRange(of: " c\""), let end = line.lastIndex(of: "\"")
      {
        // A property's name, a private constant, whose number may be another one next time.
        texts[name] = line[start.upperBound..<end]
      }
    }
    return records.map { record in
      references(in: record).map { String(texts[$0] ?? $0) }.joined(separator: " ")
    }.sorted()
  }

  /// Fields; a class's metadata, its description and its methods; protocols and their witnesses.
  private static let kinds = ["MF", "CMf", "CMn", "Tq", "Mp", "WP"]

  /// What a record refers to, in order.
  private static func references(in record: Substring) -> [Substring] {
    var found: [Substring] = []
    var rest = record
    while let at = rest.firstIndex(of: "@") {
      let name = reference(at: at, in: rest)
      found.append(name)
      rest = rest[name.endIndex...]
    }
    return found
  }

  /// `@plain.name` or `@"any name"`.
  private static func reference(at start: Substring.Index, in text: Substring) -> Substring {
    let name = text[text.index(after: start)...]
    if name.first == "\"" {
      let end = name.dropFirst().firstIndex(of: "\"") ?? name.endIndex
      return text[start..<(end == name.endIndex ? end : text.index(after: end))]
    }
    return text[start..<(name.firstIndex { " ,()".contains($0) } ?? name.endIndex)]
  }
}

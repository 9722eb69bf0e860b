/// How the types of a module lie in memory, read off its IR.
///
/// For each type, Swift leaves a record with the names and types of its stored properties or cases
/// (`…MF`). Names of types are spelled out in the symbols that the record refers to, and types of
/// other modules do not change while a program runs.
enum TypeLayouts {
  /// A line for each type, in order; equal lines for equal types.
  static func lines(in ir: String) -> [String] {
    var names: [Substring: Substring] = [:]
    var records: [String] = []
    for line in ir.split(separator: "\n") where line.first == "@" {
      guard let equals = line.firstRange(of: " = ") else { continue }
      let name = line[..<equals.lowerBound]
      if name.hasSuffix("MF\"") {
        records.append(String(line))
      } else if name.dropFirst().allSatisfy(\.isNumber),
        let start = line.firstRange(of: " c\""), let end = line.lastIndex(of: "\"")
      {
        // A property's name, a private constant.
        names[name] = line[start.upperBound..<end]
      }
    }
    return records.map { record in
      // What the record refers to, without the arithmetic around it.
      record.split(whereSeparator: { " ,()".contains($0) }).filter { $0.first == "@" }
        .map { String(names[$0] ?? $0) }.joined(separator: " ")
    }.sorted()
  }
}

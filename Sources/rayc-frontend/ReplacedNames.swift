/// What keeps the Swift optimiser from inlining the functions that a context replaces.
///
/// The optimiser runs before the pass: a call that it has inlined is no call any more, and a
/// function whose parameters it has changed is another function.
enum ReplacedNames {
  /// Options of the frontend; none for a context without replacements.
  static func options(_ settings: Settings) -> [String] {
    guard settings.checksReplacements, let object = settings.linkInputs.first,
      let bytes = Files.readBytes(object),
      let section = ObjectSections.find("rayc_overdubs", in: bytes)
    else { return [] }
    return options(records: String(decoding: section, as: UTF8.self))
  }

  static func options(records: String) -> [String] {
    let patterns = records.split(separator: "\n").compactMap { line -> Substring? in
      let fields = line.split(separator: "\t")
      guard fields.count == 3, fields[0] == "replacement" else { return nil }
      return fields[2].prefix { $0 != "(" }
    }
    let names = patterns.flatMap(mangled)
    if names.isEmpty { return [] }
    return [
      "-Xllvm", "-sil-inline-never-functions=\(names.joined(separator: ","))",
      "-Xllvm", "-sil-disable-pass=function-signature-opts",
      "-Xllvm", "-sil-disable-pass=closure-specialize",
    ]
  }

  /// What mangled names hold for the last part of a pattern: `5parse`, and for a name whose
  /// words may stand for those of another, `08parse`. Nothing for an operator or a wildcard.
  static func mangled(_ pattern: Substring) -> [String] {
    var parts = pattern.split(separator: ".")
    if let last = parts.last, last == "getter" || last == "setter" { parts.removeLast() }
    guard let name = parts.last, !name.isEmpty,
      name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
    else { return [] }
    if name == "init" { return ["fC"] }
    if name == "subscript" { return ["ci"] }
    let word = name.prefix(1) + name.dropFirst().prefix { !$0.isUppercase && $0 != "_" }
    let whole = "\(name.utf8.count)\(name)"
    return word == name ? [whole] : [whole, "0\(word.utf8.count)\(word)"]
  }
}

/// What keeps the Swift optimiser from inlining the functions that a context replaces.
///
/// The optimiser runs before the pass: a call that it has inlined is no call any more, and a
/// function whose parameters it has changed is another function. LLVM inlines what it left.
enum ReplacedNames {
  /// Options of the frontend; none for a context without replacements.
  ///
  /// Cost: a look into the context's object.
  static func options(_ settings: Settings, module: String) -> [String] {
    guard settings.checksReplacements, let object = settings.linkInputs.first,
      let bytes = Files.readBytes(object),
      let section = ObjectSections.find("rayc_overdubs", in: bytes)
    else { return [] }
    return options(records: String(decoding: section, as: UTF8.self), module: module)
  }

  static func options(records: String, module: String) -> [String] {
    let names = Set(
      records.split(separator: "\n").compactMap { line -> String? in
        let fields = line.split(separator: "\t")
        guard fields.count == 3, fields[0] == "replacement" else { return nil }
        return partOfMangledName(fields[2].prefix { $0 != "(" }, module: module)
      })
    if names.isEmpty { return [] }
    // The option takes one string; what all functions of a module have in common is its name.
    let name = names.count == 1 ? names.first! : "\(module.utf8.count)\(module)"
    return [
      "-Xllvm", "-sil-inline-never-functions=\(name)",
      "-Xllvm", "-sil-disable-pass=function-signature-opts",
      "-Xllvm", "-sil-disable-pass=closure-specialize",
      "-Xllvm", "-sil-disable-pass=capture-prop",
    ]
  }

  /// The frontend's arguments with these options. No function of a module is offered to others
  /// for inlining but those that its source marks so.
  static func keepingCalls(_ arguments: [String], _ options: [String]) -> [String] {
    if options.isEmpty { return arguments }
    let offers: Set = [
      "-enable-default-cmo", "-enable-cmo-everything", "-cross-module-optimization",
    ]
    return arguments.filter { !offers.contains($0) } + options
  }

  /// What the mangled names of a pattern's functions hold: `5parse` for `Parser.parse`.
  ///
  /// A name of several words may be written with those of another name, and a wildcard stands
  /// for any: then all functions of the module are meant.
  /// - Returns: nil for an operator, which is no function's call.
  static func partOfMangledName(_ pattern: Substring, module: String) -> String? {
    var parts = pattern.split(separator: ".")
    if let last = parts.last, last == "getter" || last == "setter" { parts.removeLast() }
    guard let name = parts.last, name.contains(where: { $0.isLetter || $0 == "_" }) else {
      return nil
    }
    if name == "init" { return "fC" }
    if name == "subscript" { return "ci" }
    let isOneWord = name.dropFirst().allSatisfy { $0.isLowercase }
    return isOneWord ? "\(name.utf8.count)\(name)" : "\(module.utf8.count)\(module)"
  }
}

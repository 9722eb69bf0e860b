import SystemPackage

/// Says what is wrong with a context that does not compile, in the user's terms: the compiler's
/// words if the file itself is wrong, else which type is missing or does not conform.
public struct ContextDiagnosis {
  var jobs: ContextJobs
  var staging: FilePath
  /// What the compiler said of the file and the glue together.
  var failure: ToolFailure

  /// - Returns: what to tell; the compiler's own output has been shown if it is the user's.
  func find() async throws -> any Error {
    let alone = try await Tool.run(jobs.check())
    if !alone.termination.succeeded {
      StandardError.write(alone.output)
      return Diagnostic.toolFailed(tool: "swiftc", termination: alone.termination)
    }
    let source = try Files.read(jobs.file)
    if let obstacle = Self.obstacle(to: jobs.type, in: source) {
      return Diagnostic.typeNotUsable(jobs.type, file: jobs.displayedFile, reason: obstacle)
    }
    let types = Self.contextTypes(in: source)
    let probe = staging.appending("probe.swift")
    try Files.write("private typealias Probe = \(jobs.type)\n", to: probe)
    if try await !Tool.run(jobs.check(with: probe)).termination.succeeded {
      return Diagnostic.noSuchType(
        jobs.type, file: jobs.displayedFile, types: types,
        closest: Suggestion.closest(to: jobs.type, in: types))
    }
    let conformance =
      "import Ray\nprivate func probe(_: (some RayContext).Type) {}\n"
      + "private func test() { probe(\(jobs.type).self) }\n"
    try Files.write(conformance, to: probe)
    if try await !Tool.run(jobs.check(with: probe)).termination.succeeded {
      return Diagnostic.typeNotAContext(jobs.type, file: jobs.displayedFile)
    }
    return Diagnostic.typeNotUsable(
      jobs.type, file: jobs.displayedFile, reason: "the compiler says\n\(failure.output)")
  }

  /// Why a type that is there cannot be named by the glue, which is a file of its own.
  static func obstacle(to type: String, in source: String) -> String? {
    for line in source.split(separator: "\n") {
      let words = line.split(whereSeparator: { " \t:{,".contains($0) }).map(String.init)
      guard let keyword = words.firstIndex(where: keywords.contains), keyword + 1 < words.count,
        words[keyword + 1].prefix(while: { $0 != "<" }) == type
      else { continue }
      if words[..<keyword].contains(where: { $0 == "private" || $0 == "fileprivate" }) {
        return "it is private; leave the word out"
      }
      if words[keyword + 1].contains("<") {
        return "it is generic; name a type of its own, as in 'typealias My\(type) = \(type)<Int>'"
      }
    }
    return nil
  }

  private static let keywords: Set<String> = ["struct", "class", "actor", "enum"]

  /// Types a file declares, those that name RayContext first.
  public static func contextTypes(in source: String) -> [String] {
    var contexts: [String] = []
    var others: [String] = []
    for line in source.split(separator: "\n") {
      let words = line.split(whereSeparator: { " \t:{,".contains($0) })
      guard let keyword = words.firstIndex(where: { keywords.contains(String($0)) }),
        keyword + 1 < words.count, !line.drop(while: { $0 == " " }).hasPrefix("//")
      else { continue }
      let name = String(words[keyword + 1].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
      if ["RayContext", "ConfigurableContext", "Dynamo"].contains(where: line.contains) {
        contexts.append(name)
      } else {
        others.append(name)
      }
    }
    return contexts.isEmpty ? others : contexts
  }
}

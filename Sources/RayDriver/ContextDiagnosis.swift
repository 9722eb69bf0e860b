import SystemPackage

/// Says what is wrong with a context that does not compile, in the user's terms: the compiler's
/// words if the file itself is wrong, else which type is missing or does not conform.
struct ContextDiagnosis {
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
    let types = Self.contextTypes(in: try Files.read(jobs.file))
    let probe = staging.appending("probe.swift")
    try Files.write("private typealias Probe = \(jobs.type)\n", to: probe)
    if try await !Tool.run(jobs.check(with: probe)).termination.succeeded {
      return Diagnostic.noSuchType(
        jobs.type, file: jobs.file, types: types,
        closest: Suggestion.closest(to: jobs.type, in: types))
    }
    let conformance = "import Ray\nprivate func probe(_: (some RayContext).Type) {}\n"
      + "private func test() { probe(\(jobs.type).self) }\n"
    try Files.write(conformance, to: probe)
    if try await !Tool.run(jobs.check(with: probe)).termination.succeeded {
      return Diagnostic.typeNotAContext(jobs.type, file: jobs.file)
    }
    return Diagnostic.typeNotUsable(
      jobs.type, file: jobs.file, compilerOutput: failure.output)
  }

  /// Types a file declares, those that name RayContext first.
  static func contextTypes(in source: String) -> [String] {
    var contexts: [String] = [], others: [String] = []
    for line in source.split(separator: "\n") {
      let words = line.split(whereSeparator: { " \t:{,".contains($0) })
      guard let keyword = words.firstIndex(where: { ["struct", "class", "actor", "enum"].contains($0) }),
        keyword + 1 < words.count, !line.drop(while: { $0 == " " }).hasPrefix("//")
      else { continue }
      let name = String(words[keyword + 1].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
      if line.contains("RayContext") || line.contains("ConfigurableContext") {
        contexts.append(name)
      } else {
        others.append(name)
      }
    }
    return contexts.isEmpty ? others : contexts
  }
}

import RayDriver
import RayReport
import SystemPackage

extension ProgramOptions {
  /// Builds the program with the context `profile` behind others, runs it, and reads what the
  /// context has left.
  ///
  /// - Returns: the profile and how the program ended; nil where jobs are only printed.
  /// - Throws: `Diagnostic.noProfile` for a program that could not leave one.
  func profile(with contexts: [ContextSpec]) async throws -> (Profile, EndedProgram)? {
    let results = Cache.standard(environment: processEnvironment()).results
    try Files.makeDirectory(results)
    // The same for every run, so that nothing is linked again.
    let spec = ContextSpec(
      source: .builtIn("profile"), arguments: ["-o", results.appending("%p.json").string])
    guard var program = try await build(with: contexts + [spec]) else { return nil }
    let ended = try program.run()
    let file = results.appending("\(ended.process).json")
    guard Files.exists(file) else {
      if !ended.termination.succeeded { ended.end() }
      throw Diagnostic.noProfile(program.executable)
    }
    defer { Files.remove(file) }
    return (try Profile(json: try Files.readBytes(file)), ended)
  }
}

/// Where a report goes.
enum ReportOutput {
  /// - Parameters:
  ///   - file: as the user wrote it; `-` is stdout; nil for `standard`.
  ///   - standard: a file's name; nil for stderr.
  static func write(_ bytes: [UInt8], to file: String?, standard: String?) throws {
    guard let target = file ?? standard else {
      StandardError.write(String(decoding: bytes, as: UTF8.self))
      return
    }
    if target == "-" {
      try FileDescriptor.standardOutput.writeAll(bytes)
      return
    }
    try Files.write(bytes, to: FilePath(target))
    if file == nil { StandardError.write("rayc: \(Diagnostic.wrote(FilePath(target)))\n") }
  }
}

import SystemPackage

/// Makes one context of several: each is compiled on its own, then they are put together in the
/// order in which they see an event.
struct StackJobs {
  /// At least one.
  var contexts: [ContextJobs]
  var toolkit: Toolkit
  var toolchain: Toolchain
  var readOnly = false

  /// Equal keys, equal results.
  func key(reading read: (FilePath) throws(Diagnostic) -> String) throws(Diagnostic) -> String {
    var fingerprint = Fingerprint()
    fingerprint.add("context 2")
    for context in contexts { fingerprint.add(try context.identity(reading: read)) }
    toolkit.addIdentity(to: &fingerprint)
    toolchain.addIdentity(to: &fingerprint)
    return fingerprint.text
  }

  func jobs(staging: FilePath, target: BuiltContext, glue: String) -> [Job] {
    let folder = Self.folder(in: staging)
    let bitcode = folder.appending("context.bc")
    let object = folder.appending("context.o")
    let stack = contexts.dropFirst().map { "-rayc-stack=\($0.bitcode(in: folder))" }
    let demangler =
      contexts.contains(where: \.hasReplacements) ? ["-rayc-demangler=\(toolchain.demangler)"] : []
    return [Job(.write, .makeDirectory(folder))]
      + contexts.flatMap { $0.jobs(in: folder, glue: glue) }
      + [
        Job(
          .lowerContext,
          .run(
            Command(
              toolchain.opt,
              ["-load-pass-plugin=\(toolkit.plugin)"] + demangler + stack
                + (readOnly ? ["-rayc-read-only"] : []) + [
                  "-passes=default<O2>,rayc-context", contexts[0].bitcode(in: folder).string,
                  "-o", bitcode.string,
                ], output: .progress))),
        Job(
          .assembleContext,
          .run(
            Command(
              toolchain.llc,
              [
                "-O2", "-relocation-model=pic", "-filetype=obj", bitcode.string,
                "-o", object.string,
              ], output: .progress))),
        Job(
          .extractLibraries,
          .run(
            Command(
              toolchain.autolinkExtract,
              [object.string, "-o", folder.appending("context.autolink").string],
              output: .progress))),
        Job(.publish, .publish(from: folder, to: target.folder, keepsExisting: true)),
      ]
  }

  /// The context that a command compiles.
  func context(of command: Command, staging: FilePath) -> ContextJobs? {
    contexts.first { $0.compile(in: Self.folder(in: staging)) == command }
  }

  private static func folder(in staging: FilePath) -> FilePath { staging.appending("context") }
}

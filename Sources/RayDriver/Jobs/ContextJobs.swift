import SystemPackage

/// A context, ready to be inlined and linked.
public struct BuiltContext: Equatable, Sendable {
  /// Its folder in the cache, named after all that it was made from.
  public var folder: FilePath
  public var key: String

  public var bitcode: FilePath { folder.appending("context.bc") }
  public var object: FilePath { folder.appending("context.o") }
  /// The libraries it imports, as linker flags, one a line.
  public var libraries: FilePath { folder.appending("context.autolink") }
}

/// Makes a context: its file and the glue become bitcode and an object.
struct ContextJobs {
  var file: FilePath
  /// The file as the user wrote it.
  var displayedFile: FilePath
  var type: String
  var toolkit: Toolkit
  var toolchain: Toolchain
  /// Colours cannot be guessed by a compiler whose output is captured.
  var colors = false

  /// Equal keys, equal results.
  func key(reading read: (FilePath) throws(Diagnostic) -> String) throws(Diagnostic) -> String {
    var fingerprint = Fingerprint()
    fingerprint.add(["context 1", type, file.string, try read(file)])
    toolkit.addIdentity(to: &fingerprint)
    toolchain.addIdentity(to: &fingerprint)
    return fingerprint.text
  }

  /// A module's name cannot hold the dot of a nested type.
  var moduleName: String { "RaycContext_" + type.split(separator: ".").joined(separator: "_") }

  func jobs(staging: FilePath, target: BuiltContext, glue: String) -> [Job] {
    let folder = staging.appending("context")
    let glueFile = folder.appending("glue.swift")
    let raw = folder.appending("raw.bc")
    let bitcode = folder.appending("context.bc")
    let object = folder.appending("context.o")
    let text = glue.replacingWord("__RAYC_CONTEXT__", with: type)
    return [
      Job(.write, .makeDirectory(folder)),
      Job(.write, .write(text: text, path: glueFile)),
      Job(.compileContext, .run(compile(glueFile: glueFile, to: raw))),
      Job(
        .lowerContext,
        .run(
          Command(
            toolchain.opt,
            [
              "-load-pass-plugin=\(toolkit.plugin)", "-passes=default<O2>,rayc-context", raw.string,
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

  private var sharedArguments: [String] {
    [
      "-parse-as-library", "-module-name", moduleName, "-I", toolkit.libraries.string,
      "-I", toolkit.headers.string, colors ? "-color-diagnostics" : "-no-color-diagnostics",
    ]
  }

  private func compile(glueFile: FilePath, to output: FilePath) -> Command {
    Command(
      toolchain.swiftc,
      ["-O", "-wmo", "-g"] + sharedArguments
        // Left to opt: this compiler's own pipeline cannot always write its bitcode.
        + [
          "-Xfrontend", "-disable-llvm-optzns", "-emit-bc", file.string, glueFile.string, "-o",
          output.string,
        ], output: .captured)
  }

  /// The user's file alone: what is wrong with it, in the compiler's words.
  func check(with probe: FilePath? = nil) -> Command {
    Command(
      toolchain.swiftc,
      ["-typecheck"] + sharedArguments + [file.string] + (probe.map { [$0.string] } ?? []),
      output: .captured)
  }
}

extension String {
  func replacingWord(_ word: String, with replacement: String) -> String {
    var text = ""
    var rest = self[...]
    while let found = rest.firstRange(of: word) {
      text += rest[..<found.lowerBound] + replacement
      rest = rest[found.upperBound...]
    }
    return text + rest
  }
}

import SystemPackage

/// A context, ready to be inlined and linked.
public struct BuiltContext: Equatable, Sendable {
  /// Its folder in the cache, named after all that it was made from.
  public var folder: FilePath
  public var key: String
  /// Whether it replaces functions by name.
  public var hasReplacements = false
  /// Whether it asks for the expressions of sites.
  public var readsExpressions = false
  /// Whether it tags values.
  public var tagsValues = false
  /// Whether it hands events on to a library.
  public var isLive = false
  /// Whether it records data-flow graphs.
  public var usesGraphs = false

  public var bitcode: FilePath { folder.appending("context.bc") }
  public var object: FilePath { folder.appending("context.o") }
  /// The libraries it imports, as linker flags, one a line.
  public var libraries: FilePath { folder.appending("context.autolink") }
}

/// Compiles one context: its file and the glue become bitcode.
struct ContextJobs {
  var file: FilePath
  /// Further files of a context that comes with rayc.
  var parts: [FilePath] = []
  /// The file as the user wrote it.
  var displayedFile: FilePath
  var type: String
  /// Its place among the contexts of a build: the same type may be there twice.
  var index: Int
  var toolkit: Toolkit
  var toolchain: Toolchain
  /// Whether the file has replacements of functions, which nothing in it calls.
  var hasReplacements = false
  /// Whether the file may ask for the expressions of sites: it has the word.
  var readsExpressions = false
  /// Whether the file imports RayGraph.
  var usesGraphs = false
  /// Whether the file may tag values: it has the protocol's name.
  var tagsValues = false
  /// Compilation conditions of its file and the glue.
  var conditions: [String] = []
  /// Colours cannot be guessed by a compiler whose output is captured.
  var colors = false

  /// Equal for equal results, with the same tools.
  func identity(
    reading read: (FilePath) throws(Diagnostic) -> String
  ) throws(Diagnostic) -> [String] {
    var identity = [type, file.string, try read(file)] + conditions
    for part in parts { identity += [part.string, try read(part)] }
    return identity
  }

  /// A module's name cannot hold the dot of a nested type.
  var moduleName: String {
    "RaycContext\(index)_" + type.split(separator: ".").joined(separator: "_")
  }

  func bitcode(in folder: FilePath) -> FilePath { folder.appending("raw-\(index).bc") }
  private func glueFile(in folder: FilePath) -> FilePath {
    folder.appending("glue-\(index).swift")
  }

  func jobs(in folder: FilePath, glue: String) -> [Job] {
    let text = glue.replacingWord("__RAYC_CONTEXT__", with: type)
    return [
      Job(.write, .write(text: text, path: glueFile(in: folder))),
      Job(.compileContext, .run(compile(in: folder))),
    ]
  }

  private var sharedArguments: [String] {
    [
      "-parse-as-library", "-module-name", moduleName, "-I", toolkit.libraries.string,
      "-I", toolkit.headers.string, colors ? "-color-diagnostics" : "-no-color-diagnostics",
    ] + conditions.flatMap { ["-D", $0] }
  }

  func compile(in folder: FilePath) -> Command {
    Command(
      toolchain.swiftc,
      ["-O", "-wmo", "-g"] + sharedArguments
        // The compiler drops what nothing calls, unless a test might.
        + (hasReplacements ? ["-enable-testing"] : [])
        // Left to opt: this compiler's own pipeline cannot always write its bitcode.
        + [
          "-Xfrontend", "-disable-llvm-optzns", "-emit-bc", file.string,
        ] + parts.map(\.string) + [
          glueFile(in: folder).string, "-o", bitcode(in: folder).string,
        ], output: .captured)
  }

  /// The user's file alone: what is wrong with it, in the compiler's words.
  func check(with probe: FilePath? = nil) -> Command {
    Command(
      toolchain.swiftc,
      ["-typecheck"] + sharedArguments + [file.string] + parts.map(\.string)
        + (probe.map { [$0.string] } ?? []),
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

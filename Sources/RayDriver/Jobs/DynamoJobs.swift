import SystemPackage

/// Compiles a dynamo to a library that the plugin loads into opt.
struct DynamoJobs {
  var file: FilePath
  var displayedFile: FilePath
  var type: String
  var arguments: [String]
  var toolkit: Toolkit
  var toolchain: Toolchain
  var colors = false

  /// Equal keys, equal results.
  func key(reading read: (FilePath) throws(Diagnostic) -> String) throws(Diagnostic) -> String {
    var fingerprint = Fingerprint()
    fingerprint.add(["dynamo 1", type, file.string, try read(file)])
    fingerprint.add(arguments)
    toolchain.addIdentity(to: &fingerprint)
    for part in [toolkit.irModule, toolkit.irLibrary] { fingerprint.add(identityOf: part) }
    return fingerprint.text
  }

  static let libraryName = "libdynamo.so"

  /// The one entry that the plugin looks for.
  var glue: String {
    let words = arguments.map(Self.literal).joined(separator: ", ")
    return """
      import RayIR
      @_cdecl("rayc_dynamo_run")
      public func raycDynamoRun(_ module: OpaquePointer) -> UnsafeMutablePointer<CChar>? {
        DynamoHost.run(\(type).self, name: \(Self.literal(type)), arguments: [\(words)], on: module)
      }

      """
  }

  /// A Swift string literal: whatever is not a plain letter or digit by its number.
  static func literal(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar in
      scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
    }
    return "\"" + scalars.joined() + "\""
  }

  func folder(in staging: FilePath) -> FilePath { staging.appending("dynamo-\(type)") }

  func jobs(staging: FilePath, target: FilePath) -> [Job] {
    let folder = folder(in: staging)
    return [
      Job(.write, .makeDirectory(folder)),
      Job(.write, .write(text: glue, path: folder.appending("glue.swift"))),
      Job(.compileDynamo, .run(compile(in: folder))),
      Job(.publish, .publish(from: folder, to: target, keepsExisting: true)),
    ]
  }

  private var sharedArguments: [String] {
    [
      "-parse-as-library", "-module-name", "RaycDynamo", "-I", toolkit.libraries.string,
      colors ? "-color-diagnostics" : "-no-color-diagnostics",
    ]
  }

  func compile(in folder: FilePath) -> Command {
    Command(
      toolchain.swiftc,
      ["-O", "-wmo", "-emit-library"] + sharedArguments + [
        file.string, folder.appending("glue.swift").string, "-L", toolkit.libraries.string,
        "-lRayIR", "-Xlinker", "-rpath", "-Xlinker", toolkit.libraries.string,
        "-o", folder.appending(Self.libraryName).string,
      ], output: .captured)
  }

  /// The user's file alone: what is wrong with it, in the compiler's words.
  var check: Command {
    Command(
      toolchain.swiftc, ["-typecheck"] + sharedArguments + [file.string], output: .captured)
  }

  /// Says what is wrong with a dynamo that does not compile.
  func diagnose(_ failure: ToolFailure) async throws -> any Error {
    let alone = try await Tool.run(check)
    if !alone.termination.succeeded {
      StandardError.write(alone.output)
      return Diagnostic.toolFailed(tool: "swiftc", termination: alone.termination)
    }
    let source = try Files.read(file)
    let types = ContextDiagnosis.contextTypes(in: source)
    if let obstacle = ContextDiagnosis.obstacle(to: type, in: source) {
      return Diagnostic.typeNotUsable(type, file: displayedFile, reason: obstacle)
    }
    guard types.contains(type) else {
      return Diagnostic.noSuchType(
        type, file: displayedFile, types: types,
        closest: Suggestion.closest(to: type, in: types))
    }
    if failure.output.contains("Dynamo") {
      return Diagnostic.typeNotADynamo(type, file: displayedFile)
    }
    return Diagnostic.typeNotUsable(
      type, file: displayedFile, reason: "the compiler says\n\(failure.output)")
  }
}

extension Planner {
  /// What the specs that are no contexts become: transforms before the hooks and behind, and the
  /// jobs that make them.
  ///
  /// All contexts go in at once, where the first one stands on the command line.
  func transforms(
    _ specs: [ContextSpec]
  ) throws(Diagnostic) -> (before: [BuiltTransform], after: [BuiltTransform], jobs: [Job]) {
    var before: [BuiltTransform] = []
    var after: [BuiltTransform] = []
    var jobs: [Job] = []
    var isBehind = false
    for spec in specs {
      let built: BuiltTransform
      switch spec.source {
      case .pass(let name, let plugin):
        if let plugin, !Files.exists(plugin) { throw .passPluginMissing(plugin) }
        built = .pass(name, plugin: plugin.map(Files.absolute))
      case .dynamo(let file, let type):
        let maker = try dynamoJobs(spec, file, type)
        let folder = cache.dynamos.appending(try maker.key(reading: Files.read))
        built = .dynamo(folder.appending(DynamoJobs.libraryName))
        if !Files.exists(folder) { jobs += maker.jobs(staging: staging, target: folder) }
      default:
        isBehind = true
        continue
      }
      if isBehind { after.append(built) } else { before.append(built) }
    }
    return (before, after, jobs)
  }

  private func dynamoJobs(
    _ spec: ContextSpec, _ file: FilePath, _ type: String
  ) throws(Diagnostic) -> DynamoJobs {
    guard Files.exists(file) else { throw .dynamoFileMissing(file, spec: spec.name) }
    for part in [toolkit.irModule, toolkit.irLibrary] where !Files.exists(part) {
      throw .incompleteToolkit(missing: part)
    }
    return DynamoJobs(
      file: Files.absolute(file), displayedFile: file, type: type, arguments: spec.arguments,
      toolkit: toolkit, toolchain: toolchain, colors: colors)
  }

  /// The dynamo that a command compiles.
  func dynamo(of command: Command, _ specs: [ContextSpec]) throws(Diagnostic) -> DynamoJobs? {
    for spec in specs {
      guard case .dynamo(let file, let type) = spec.source else { continue }
      let maker = try dynamoJobs(spec, file, type)
      if maker.compile(in: maker.folder(in: staging)) == command { return maker }
    }
    return nil
  }
}

import SystemPackage

/// Turns requests into jobs. Reads what it has to know, changes nothing.
public struct Planner: Sendable {
  public var toolkit: Toolkit
  public var toolchain: Toolchain
  public var cache: Cache
  /// A folder for what is being made.
  public var staging: FilePath
  /// Whether messages may have colours.
  public var colors: Bool

  public init(
    toolkit: Toolkit, toolchain: Toolchain, cache: Cache, staging: FilePath, colors: Bool = false
  ) {
    self.toolkit = toolkit
    self.toolchain = toolchain
    self.cache = cache
    self.staging = staging
    self.colors = colors
  }

  /// The jobs that make the contexts and their arguments, none if all is in the cache.
  ///
  /// - Parameter specs: the contexts in the order in which they see an event; at least one.
  /// - Throws: `Diagnostic` for a context that is not there.
  public func instrumentation(
    _ specs: [ContextSpec], _ selection: Selection
  ) throws(Diagnostic) -> (Instrumentation, [Job]) {
    let transforms = try transforms(specs)
    var jobs = transforms.jobs
    var selection = selection
    selection.before = transforms.before
    selection.after = transforms.after
    let specs = specs.filter(\.isContext)
    let maker = try stackJobs(specs, selection)
    if selection.readOnly,
      let replacing = zip(specs, maker.contexts).first(where: { $1.hasReplacements })
    {
      throw .replacementsReadOnly(replacing.0.name)
    }
    let key = try maker.key(reading: Files.read)
    let context = BuiltContext(
      folder: cache.contexts.appending(key), key: key,
      hasReplacements: maker.contexts.contains(where: \.hasReplacements),
      readsExpressions: maker.contexts.contains(where: \.readsExpressions),
      tagsValues: maker.contexts.contains(where: \.tagsValues),
      isLive: specs.contains(where: \.isLive),
      usesGraphs: maker.contexts.contains(where: \.usesGraphs))
    if !Files.exists(context.folder) {
      jobs += maker.jobs(
        staging: staging, target: context, glue: try Files.read(toolkit.glue))
    }
    let arguments = ArgumentsJob(
      contexts: specs.map { (name: $0.name, arguments: $0.arguments) }, toolchain: toolchain)
    let object = cache.arguments.appending("\(arguments.key).o")
    if !Files.exists(object) { jobs += arguments.jobs(staging: staging, target: object) }
    let result = Instrumentation(
      context: context, arguments: object, argumentsKey: arguments.key,
      selection: selection.adapted(to: specs))
    return (result, jobs)
  }

  func stackJobs(_ specs: [ContextSpec], _ selection: Selection) throws(Diagnostic) -> StackJobs {
    var contexts: [ContextJobs] = []
    for (index, spec) in specs.filter(\.isContext).enumerated() {
      var context = try contextJobs(spec, index: index)
      if selection.readOnly { context.conditions.append("RAYC_READ_ONLY") }
      contexts.append(context)
    }
    return StackJobs(
      contexts: contexts, toolkit: toolkit, toolchain: toolchain, readOnly: selection.readOnly)
  }

  func contextJobs(_ spec: ContextSpec, index: Int) throws(Diagnostic) -> ContextJobs {
    let file: FilePath
    let displayed: FilePath
    var parts: [FilePath] = []
    let type: String
    switch spec.source {
    case .builtIn(let name):
      guard let found = toolkit.builtInContext(name) else {
        let known = toolkit.builtInContexts
        throw .unknownContext(
          name, known: known, closest: Suggestion.closest(to: name, in: known))
      }
      (file, displayed, type, parts) = (found.file, found.file, found.type, found.parts)
    case .file(let path, let name):
      guard Files.exists(path) else { throw .contextFileMissing(path, spec: spec.name) }
      (file, displayed, type) = (Files.absolute(path), path, name)
    case .dispatch:
      guard Files.exists(toolkit.dispatch) else {
        throw .incompleteToolkit(missing: toolkit.dispatch)
      }
      (file, displayed, type) = (toolkit.dispatch, toolkit.dispatch, "Dispatch")
    case .dynamo, .pass:
      preconditionFailure("no context")
    case .live:
      guard Files.exists(toolkit.live) else { throw .incompleteToolkit(missing: toolkit.live) }
      (file, displayed, type) = (toolkit.live, toolkit.live, "Live")
    }
    let text = try Files.read(file)
    return ContextJobs(
      file: file, parts: parts, displayedFile: displayed, type: type, index: index,
      toolkit: toolkit,
      toolchain: toolchain, hasReplacements: text.contains("Overdubs"),
      readsExpressions: text.contains("expression"),
      usesGraphs: RayImport.isIn(text, module: "RayGraph"),
      tagsValues: text.contains("TaggingContext"),
      conditions: spec.conditions(in: text), colors: colors)
  }

  /// The settings of a shim that instruments.
  public func settings(_ instrumentation: Instrumentation, jobs: Int? = nil) -> ShimSettings {
    var settings = settings(instrumentation.selection)
    settings.context = instrumentation.context.bitcode
    settings.linkInputs = [
      instrumentation.context.object, instrumentation.arguments, toolkit.runtime,
    ]
    settings.linkFlagsFile = instrumentation.context.libraries
    settings.hasReplacements = instrumentation.context.hasReplacements
    if instrumentation.context.usesGraphs { settings.graphLibraries = toolkit.libraries }
    settings.carriesTags = instrumentation.context.tagsValues
    settings.jobs = jobs
    settings.exportsRuntime = instrumentation.context.isLive
    if instrumentation.context.readsExpressions { settings.source = toolkit.source }
    return settings
  }

  /// The settings of a shim without a context, to see what would be instrumented.
  func settings(_ selection: Selection) -> ShimSettings {
    var settings = ShimSettings(toolchain: toolchain)
    settings.plugin = toolkit.plugin
    settings.importPaths = [toolkit.libraries, toolkit.headers]
    settings.selection = selection
    return settings
  }

  /// A shim in the cache, named after what it is told.
  public func sharedShim(_ settings: ShimSettings) -> Shim {
    var fingerprint = Fingerprint()
    fingerprint.add(settings.text)
    fingerprint.add(identityOf: toolkit.frontend)
    return shim(at: cache.shims.appending(fingerprint.text), settings)
  }

  func shim(at root: FilePath, _ settings: ShimSettings) -> Shim {
    Shim(
      root: root, toolchain: toolchain.root, frontend: toolkit.frontend, settings: settings)
  }
}

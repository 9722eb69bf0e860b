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

  /// The jobs that make a context and its arguments, none if both are in the cache.
  /// - Throws: `Diagnostic` for a context that is not there.
  public func instrumentation(
    _ spec: ContextSpec, placement: Placement
  ) throws(Diagnostic) -> (Instrumentation, [Job]) {
    var jobs: [Job] = []
    let maker = try contextJobs(spec)
    let key = try maker.key(reading: Files.read)
    let context = BuiltContext(folder: cache.contexts.appending(key), key: key)
    if !Files.exists(context.folder) {
      jobs += maker.jobs(
        staging: staging, target: context, glue: try Files.read(toolkit.glue))
    }
    let arguments = ArgumentsJob(
      arguments: spec.arguments, contextName: spec.name, toolchain: toolchain)
    let object = cache.arguments.appending("\(arguments.key).o")
    if !Files.exists(object) { jobs += arguments.jobs(staging: staging, target: object) }
    let result = Instrumentation(
      context: context, arguments: object, argumentsKey: arguments.key, placement: placement)
    return (result, jobs)
  }

  func contextJobs(_ spec: ContextSpec) throws(Diagnostic) -> ContextJobs {
    let file: FilePath
    let displayed: FilePath
    let type: String
    switch spec.source {
    case .builtIn(let name):
      guard let found = toolkit.builtInContext(name) else {
        let known = toolkit.builtInContexts
        throw .unknownContext(
          name, known: known, closest: Suggestion.closest(to: name, in: known))
      }
      (file, displayed, type) = (found.file, found.file, found.type)
    case .file(let path, let name):
      guard Files.exists(path) else { throw .contextFileMissing(path, spec: spec.name) }
      (file, displayed, type) = (Files.absolute(path), path, name)
    }
    return ContextJobs(
      file: file, displayedFile: displayed, type: type, toolkit: toolkit, toolchain: toolchain,
      colors: colors)
  }

  /// The settings of a shim that instruments.
  public func settings(_ instrumentation: Instrumentation, jobs: Int? = nil) -> ShimSettings {
    var settings = ShimSettings(toolchain: toolchain)
    settings.plugin = toolkit.plugin
    settings.context = instrumentation.context.bitcode
    settings.linkInputs = [
      instrumentation.context.object, instrumentation.arguments, toolkit.runtime,
    ]
    settings.linkFlagsFile = instrumentation.context.libraries
    settings.placement = instrumentation.placement
    settings.jobs = jobs
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

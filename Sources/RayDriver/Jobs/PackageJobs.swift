import SystemPackage

/// A package build: SwiftPM, told to use the shim.
public struct PackagePlan: Equatable, Sendable {
  public var jobs: [Job]
  /// rayc's folder for this configuration of the package; one build at a time uses it.
  public var folder: FilePath
  public var lock: FilePath { folder.appending("lock") }

  /// Where SwiftPM may have put a product, by build system.
  public func executables(_ product: String, _ configuration: BuildConfiguration) -> [FilePath] {
    let scratch = folder.appending("build")
    let name = configuration == .debug ? "Debug" : "Release"
    return [
      scratch.appending(configuration.rawValue).appending(product),
      scratch.appending("out").appending("Products").appending("\(name)-linux")
        .appending(product),
    ]
  }
}

extension Planner {
  /// The jobs that build or test a package.
  ///
  /// SwiftPM does not know about contexts, so each has a scratch folder of its own for each scope
  /// and placement. What the context is made of, the rules and the triggers go into a flag: when
  /// they change, SwiftPM compiles again by itself.
  public func package(
    _ request: PackageRequest, specs: [ContextSpec], _ instrumentation: Instrumentation
  ) -> PackagePlan {
    let base = request.scratch ?? request.path.appending(".build")
    let folder = Files.absolute(base).appending("rayc")
      .appending(configurationName(request, specs, instrumentation.selection))
    var settings = settings(instrumentation, jobs: request.jobs)
    if case .build(let product?) = request.action { settings.wantedModules = [product] }
    settings.clang = request.clang
    let shim = shim(at: folder.appending("shim"), settings)
    var content = Fingerprint()
    content.add(instrumentation.context.key)
    content.add(instrumentation.selection.settings)
    let command = swiftPM(request, shim: shim, folder: folder, content: content.text)
    return PackagePlan(
      jobs: [
        Job(.write, .makeDirectory(folder)),
        Job(.makeShim, .makeShim(shim)),
        Job(
          .forgetPrograms,
          .forgetPrograms(
            LinkedPrograms(
              build: folder.appending("build"), record: folder.appending("arguments"),
              key: instrumentation.argumentsKey))),
        Job(request.isTest ? .testPackage : .buildPackage, .run(command)),
      ],
      folder: folder)
  }

  /// Equal for the same contexts, scope, placement, build system, `--read-only` and `--c`.
  private func configurationName(
    _ request: PackageRequest, _ specs: [ContextSpec], _ selection: Selection
  ) -> String {
    var fingerprint = Fingerprint()
    fingerprint.add(
      specs.map { spec in
        switch spec.source {
        case .builtIn, .dispatch, .pass: spec.name
        case .file(let path, let type), .dynamo(let path, let type):
          "\(Files.absolute(path)):\(type)"
        case .live(let path, let type): "live \(Files.absolute(path)):\(type)"
        }
      })
    fingerprint.add([
      selection.placement.rawValue, selection.scope.rawValue, request.buildSystem ?? "",
    ])
    if selection.readOnly { fingerprint.add("read-only") }
    if request.clang != nil { fingerprint.add("c") }
    // A label for people who look into the folder.
    let label = specs.map { $0.name.split(separator: "/").last.map(String.init) ?? "" }
      .joined(separator: "+")
    let plain = label.map { $0.isLetter || $0.isNumber ? $0 : "-" }
    return String(plain.prefix(24)) + "-" + String(fingerprint.text.prefix(10))
  }

  /// SwiftPM, told to use a shim.
  ///
  /// - Parameter content: changes with all that SwiftPM does not know of and that asks for
  ///   compiling again.
  func swiftPM(
    _ request: PackageRequest, shim: Shim, folder: FilePath, content: String
  ) -> Command {
    Command(
      toolchain.swift, arguments(request, folder: folder, content: content),
      environment: shim.environment, output: request.isTest ? .inherited : .progress)
  }

  private func arguments(
    _ request: PackageRequest, folder: FilePath, content: String
  ) -> [String] {
    var arguments = [
      request.isTest ? "test" : "build", "--package-path", request.path.string,
      "--scratch-path", folder.appending("build").string, "-c", request.configuration.rawValue,
    ]
    if let system = request.buildSystem { arguments += ["--build-system", system] }
    if let jobs = request.jobs { arguments += ["--jobs", "\(jobs)"] }
    arguments += request.verbosity
    for argument in request.compilerArguments { arguments += ["-Xswiftc", argument] }
    arguments += ["-Xswiftc", "-DRAYC_\(content.prefix(16))"]
    if request.clang != nil { arguments += ["-Xcc", "-DRAYC_\(content.prefix(16))"] }
    switch request.action {
    case .build(let product?): arguments += ["--product", product]
    case .build(nil): break
    case .test(let more): arguments += more
    }
    return arguments
  }
}

extension PackageRequest {
  var isTest: Bool {
    if case .test = action { true } else { false }
  }
}

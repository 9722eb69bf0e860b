import SystemPackage

/// `-c debug|release`.
public enum BuildConfiguration: String, Sendable, CaseIterable {
  case debug, release
}

/// What every build has in common.
public struct Instrumentation: Equatable, Sendable {
  /// One context, or several made into one.
  public var context: BuiltContext
  /// The object that holds the contexts' arguments.
  public var arguments: FilePath
  /// Changes with the arguments alone.
  public var argumentsKey: String
  public var selection: Selection
}

/// Source files to compile to one program, as `swiftc` would.
public struct ProgramRequest: Equatable, Sendable {
  /// As the user wrote them: error messages repeat them.
  public var sources: [String]
  public var configuration: BuildConfiguration
  public var compilerArguments: [String]
  public var jobs: Int?
  /// Where the program goes; nil for the cache.
  public var output: FilePath?

  public init(
    sources: [String], configuration: BuildConfiguration = .debug,
    compilerArguments: [String] = [], jobs: Int? = nil, output: FilePath? = nil
  ) {
    self.sources = sources
    self.configuration = configuration
    self.compilerArguments = compilerArguments
    self.jobs = jobs
    self.output = output
  }

  /// What swiftc would call it: after the only file, else `main`.
  public var defaultName: String {
    guard sources.count == 1, let stem = FilePath(sources[0]).stem, !stem.isEmpty else {
      return "main"
    }
    return stem
  }

  /// The folder of the first source.
  public var folder: FilePath {
    guard let first = sources.first else { return "." }
    let folder = FilePath(first).removingLastComponent()
    return folder.isEmpty ? "." : folder
  }

  /// The module that its sources become.
  public var moduleName: String {
    Self.moduleName(forProgram: output?.lastComponent?.string ?? defaultName)
  }

  /// The module swiftc would make for a program of that name.
  static func moduleName(forProgram name: String) -> String {
    let stem = name.split(separator: ".").first.map(String.init) ?? name
    let letters = stem.unicodeScalars
    guard let first = letters.first, first == "_" || first.properties.isAlphabetic,
      letters.allSatisfy({ $0 == "_" || $0.properties.isAlphabetic || "0"..."9" ~= $0 })
    else { return "main" }
    return stem
  }
}

/// A package to build or test, with SwiftPM's own options.
public struct PackageRequest: Equatable, Sendable {
  public enum Action: Equatable, Sendable {
    case build(product: String?)
    case test(arguments: [String])
  }

  public var action: Action
  public var path: FilePath
  public var configuration: BuildConfiguration
  /// SwiftPM's `--scratch-path`: rayc keeps a folder of its own in it.
  public var scratch: FilePath?
  public var buildSystem: String?
  public var compilerArguments: [String]
  public var jobs: Int?
  public var verbosity: [String]
  /// LLVM's clang, if the package's C targets are instrumented too.
  public var clang: FilePath?

  public init(
    _ action: Action, path: FilePath, configuration: BuildConfiguration = .debug,
    scratch: FilePath? = nil, buildSystem: String? = nil, compilerArguments: [String] = [],
    jobs: Int? = nil, verbosity: [String] = [], clang: FilePath? = nil
  ) {
    self.action = action
    self.path = path
    self.configuration = configuration
    self.scratch = scratch
    self.buildSystem = buildSystem
    self.compilerArguments = compilerArguments
    self.jobs = jobs
    self.verbosity = verbosity
    self.clang = clang
  }
}

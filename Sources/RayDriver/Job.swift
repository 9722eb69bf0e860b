import SystemPackage

/// One step of a plan: a value that can be compared, printed and executed.
public struct Job: Equatable, Sendable {
  public enum Kind: String, Sendable {
    case compileContext = "compile-context"
    case lowerContext = "lower-context"
    case assembleContext = "assemble-context"
    case linkContext = "link-context"
    case extractLibraries = "extract-libraries"
    case assembleArguments = "assemble-arguments"
    case makeShim = "make-shim"
    case forgetPrograms = "forget-programs"
    case compileProgram = "compile-program"
    case buildPackage = "build-package"
    case testPackage = "test-package"
    case report = "report"
    case showIR = "show-ir"
    case compileDynamo = "compile-dynamo"
    case publish = "publish"
    case write = "write"
  }

  public enum Work: Equatable, Sendable {
    case run(Command)
    case write(text: String, path: FilePath)
    case makeDirectory(FilePath)
    case makeShim(Shim)
    /// Removes programs linked with other arguments.
    case forgetPrograms(LinkedPrograms)
    /// Renames what is complete to where it is looked for; `keepsExisting` if another rayc that
    /// was faster made the same.
    case publish(from: FilePath, to: FilePath, keepsExisting: Bool)
  }

  public var kind: Kind
  public var work: Work

  public init(_ kind: Kind, _ work: Work) {
    self.kind = kind
    self.work = work
  }
}

/// A program to run.
public struct Command: Equatable, Sendable {
  /// What becomes of what it prints.
  public enum Output: Equatable, Sendable {
    /// Its streams are ours.
    case inherited
    /// Shown on stderr, as it comes on a terminal, else only if it fails.
    case progress
    /// Kept for the caller: nothing is shown.
    case captured
    /// Written to a file; shown only if it fails.
    case file(FilePath)
  }

  public var executable: FilePath
  public var arguments: [String]
  public var environment: [String: String]
  public var directory: FilePath?
  public var output: Output

  public init(
    _ executable: FilePath, _ arguments: [String], environment: [String: String] = [:],
    directory: FilePath? = nil, output: Output = .inherited
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.output = output
  }
}

extension Job {
  /// The job as a line a shell could run, or nearly.
  public var line: String {
    switch work {
    case .run(let command):
      let variables = command.environment.sorted { $0.key < $1.key }
        .map { "\($0.key)=\(ShellWords.quote($0.value)) " }.joined()
      let words = ([command.executable.string] + command.arguments).map(ShellWords.quote)
      return variables + words.joined(separator: " ")
    case .write(_, let path): return "write \(ShellWords.quote(path.string))"
    case .makeDirectory(let path): return "mkdir -p \(ShellWords.quote(path.string))"
    case .makeShim(let shim):
      return (["make-shim", shim.root.string] + shim.settings.selection.settings)
        .map(ShellWords.quote).joined(separator: " ")
    case .forgetPrograms(let programs):
      return "forget-programs \(ShellWords.quote(programs.build.string)) \(programs.key)"
    case .publish(let source, let target, _):
      return "mv \(ShellWords.quote(source.string)) \(ShellWords.quote(target.string))"
    }
  }
}

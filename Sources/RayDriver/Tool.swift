import Subprocess
import SystemPackage

/// Runs programs.
public enum Tool {
  /// More than any tool of the build prints of one job.
  private static let outputLimit = 64 << 20

  struct Result {
    var termination: Termination
    /// stdout and stderr together, if captured.
    var output: String
  }

  /// - Throws: `Diagnostic.cannotRun`.
  static func run(_ command: Command, showsProgress: Bool = false) async throws -> Result {
    let environment = Environment.inherit.updating(
      Dictionary(
        uniqueKeysWithValues: command.environment.map {
          (Environment.Key(stringLiteral: $0.key), $0.value)
        }))
    let configuration = Configuration(
      executable: .path(command.executable), arguments: Arguments(command.arguments),
      environment: environment, workingDirectory: command.directory)
    do {
      switch command.output {
      case .inherited:
        return try await inherit(configuration, output: .currentStandardOutput)
      case .progress where showsProgress:
        return try await inherit(configuration, output: .currentStandardError)
      case .file(let path):
        return try await write(configuration, to: path)
      case .progress, .captured:
        let result = try await Subprocess.run(
          configuration, input: .none, output: .string(limit: outputLimit),
          error: .combinedWithOutput
        ) { execution in
          Interrupts.begin(child: execution.processIdentifier.value)
        }
        Interrupts.endChild()
        return Result(
          termination: Termination(result.terminationStatus), output: result.standardOutput)
      }
    } catch let error as SubprocessError {
      throw Diagnostic.cannotRun(command.executable, reason: "\(error)")
    }
  }

  /// What a tool prints; it must succeed.
  public static func output(_ executable: FilePath, _ arguments: [String]) async throws -> String {
    let result = try await run(Command(executable, arguments, output: .captured))
    guard result.termination.succeeded else {
      throw Diagnostic.cannotRun(
        executable,
        reason: result.output.split(separator: "\n").first.map(String.init) ?? "it fails")
    }
    return result.output
  }

  private static func write(
    _ configuration: Configuration, to path: FilePath
  ) async throws -> Result {
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: [.ownerReadWrite])
    } catch {
      throw Diagnostic.cannotWrite(path, error as? Errno ?? .ioError)
    }
    let result = try await Subprocess.run(
      configuration, input: .none,
      output: .fileDescriptor(file, closeAfterSpawningProcess: false),
      error: .fileDescriptor(file, closeAfterSpawningProcess: true)
    ) { execution in
      Interrupts.begin(child: execution.processIdentifier.value)
    }
    Interrupts.endChild()
    let termination = Termination(result.terminationStatus)
    return Result(
      termination: termination, output: termination.succeeded ? "" : try Files.read(path))
  }

  private static func inherit(
    _ configuration: Configuration, output: FileDescriptorOutput
  ) async throws -> Result {
    let result = try await Subprocess.run(
      configuration, input: .currentStandardInput, output: output, error: .currentStandardError
    ) { execution in
      Interrupts.begin(child: execution.processIdentifier.value)
    }
    Interrupts.endChild()
    return Result(termination: Termination(result.terminationStatus), output: "")
  }
}

extension Termination {
  init(_ status: TerminationStatus) {
    switch status {
    case .exited(let code): self = .exited(code)
    case .signaled(let signal): self = .signalled(signal)
    }
  }
}

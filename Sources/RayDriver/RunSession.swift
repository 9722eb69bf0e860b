import Glibc
import SystemPackage

/// The runs of one `rayc run` under contexts that know of them: their number, the notes that they
/// leave each other, and how the context wants them to be (Ray/Session.swift is the other side).
public final class RunSession {
  /// One run of the program.
  public struct Run: Equatable, Sendable {
    /// Behind those of the command line.
    public var arguments: [String] = []
    public var input: String?
  }

  /// Where what belongs to the session lies.
  public let folder: FilePath
  private var count = 0

  /// - Throws: `Diagnostic.cannotWrite`.
  public init() throws(Diagnostic) {
    var template = Array("/tmp/rayc-run-XXXXXX\0".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw .cannotWrite("/tmp", Errno(rawValue: errno))
    }
    folder = template.withUnsafeBufferPointer { FilePath(String(cString: $0.baseAddress!)) }
  }

  /// Removes the notes.
  public func close() { Files.remove(folder) }

  /// The program's variable that says what it is told.
  private static let variable = "RAYC_SESSION"

  private func variables(_ lines: [(key: String, value: String)]) -> [String: String] {
    [Self.variable: lines.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")]
  }

  /// The runs that a context asks for, else a single one.
  ///
  /// Cost: where a context says how the program is run, a start of the program, which ends before
  /// its first line.
  /// - Throws: `Diagnostic.cannotRun`, `.noRuns`.
  public func runs(
    of executable: FilePath, _ contexts: [ContextSpec],
    telling more: [(key: String, value: String)] = []
  ) throws(Diagnostic) -> [Run] {
    guard contexts.contains(where: \.saysHowToRun) else { return [Run()] }
    let file = folder.appending("runs")
    let ended = try ChildProgram(
      executable, arguments: [], variables: variables([("runs", file.string)] + more)
    ).wait()
    defer { Files.remove(file) }
    // A context whose `init` throws has said so.
    guard let words = try? SessionWords.read(file) else {
      throw .toolFailed(
        tool: executable.lastComponent?.string ?? "", termination: ended.termination)
    }
    var (runs, rest) = ([Run](), words[...])
    while let count = rest.popFirst().flatMap({ Int($0) }), rest.count > count {
      var run = Run(arguments: Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
      if rest.popFirst() == "1" { run.input = rest.popFirst() }
      runs.append(run)
    }
    if runs.isEmpty {
      throw .noRuns(contexts.first(where: \.saysHowToRun)?.name ?? "")
    }
    return runs
  }

  /// Starts a run.
  ///
  /// - Parameter more: what else the program is told.
  /// - Throws: `Diagnostic.cannotRun`, `.cannotWrite`.
  public func start(
    _ executable: FilePath, arguments: [String], _ run: Run,
    telling more: [(key: String, value: String)] = []
  ) throws(Diagnostic) -> ChildProgram {
    count += 1
    let told = [("run", "\(count)"), ("notes", folder.appending("notes").string)] + more
    let input = try run.input.map { text throws(Diagnostic) in try inputFile(text) }
    defer { try? input?.close() }
    return try ChildProgram(
      executable, arguments: arguments + run.arguments, variables: variables(told), input: input)
  }

  /// A file that only its descriptor leads to.
  private func inputFile(_ text: String) throws(Diagnostic) -> FileDescriptor {
    let path = folder.appending("input")
    try Files.write(text, to: path)
    defer { Files.remove(path) }
    do {
      return try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    } catch {
      throw .cannotRead(path, error as? Errno ?? .ioError)
    }
  }
}

/// Words in a file, each as its length in bytes, a colon and itself.
enum SessionWords {
  static func read(_ path: FilePath) throws(Diagnostic) -> [String] {
    var (words, rest) = ([String](), try Files.readBytes(path)[...])
    while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
      let text = rest[(colon + 1)...]
      guard let length = Int(String(decoding: rest[..<colon], as: UTF8.self)),
        0...text.count ~= length
      else { break }
      words.append(String(decoding: text.prefix(length), as: UTF8.self))
      rest = text.dropFirst(length)
    }
    return words
  }
}

extension ContextSpec {
  /// The file of a context or transform of the user's.
  public var file: FilePath? {
    switch source {
    case .file(let path, _), .live(let path, _), .dynamo(let path, _): path
    case .builtIn, .dispatch, .pass: nil
    }
  }

  /// Whether the context may say how the program is run: its file has the word.
  public var saysHowToRun: Bool {
    guard let file, let text = try? Files.read(file) else { return false }
    return text.contains("RunnerContext")
  }
}

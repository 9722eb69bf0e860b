import ArgumentParser
import RayDriver
import RayReport
import RayTrace
import SystemPackage

struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Run a program and write every event to a file, to be looked at later.",
    discussion: """
      Every call, return and load, and every function's beginning and end, in the order in which \
      they happen. The program's output, its exit status and its signals are its own. What is \
      recorded survives the program's end, whichever it is: a crash, SIGKILL, a full disk.

      EXAMPLES:
        rayc record -c release main.swift -- input.txt
        rayc report rayc.data                   what functions cost
        rayc replay rayc.data                   the events, as a tree
        rayc record --time main.swift           with the time of each call
        rayc record --values --redact password main.swift
        rayc record --last 64M main.swift       a flight recorder: the last 64 MB
        rayc record --no-loads --max-size 2G --max-time 10m main.swift
      """)

  @OptionGroup(title: "Recording") var recording: RecordingOptions
  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup var program: ProgramOptions

  func run() async throws {
    let spec = ContextSpec(source: .builtIn("record"), arguments: recording.arguments)
    guard var program = try await program.build(with: context.parsed() + [spec]) else { return }
    let ended = try program.run()
    report(recording.path(of: ended.process), ended)
    ended.end()
  }

  /// Says what was recorded, and leaves an index for those who read it.
  private func report(_ path: String, _ ended: EndedProgram) {
    do {
      let recording = try Recording(path: path)
      guard recording.file.header.process == UInt32(ended.process) else {
        throw RecordingProblem.cannotRead(errno: 2)
      }
      let progress = RecordingProgress(isShown: program.output.showsProgress)
      let (_, index) = RecordingProfile.profile(
        of: recording, path: path, .standard, progress: progress.show)
      progress.end()
      let summary = RecordingSummary(recording, index, path: path, selection: program.selection)
      for line in summary.lines where !program.output.quiet || summary.isEmpty {
        StandardError.write("rayc: \(line)\n")
      }
    } catch {
      // The program could not even begin: it has said why.
      let isQuiet = !ended.termination.succeeded
      if !isQuiet { StandardError.write("rayc: \(Diagnostic.nothingRecorded(path))\n") }
    }
  }
}

/// What is recorded, and how much of it.
struct RecordingOptions: ParsableArguments {
  @Option(
    name: .customShort("o"),
    help: ArgumentHelp("The file, which is replaced; '%p' is the process.", valueName: "file"))
  var file = "rayc.data"

  @Flag(help: "Take the time at calls and returns.")
  var time = false

  @Flag(help: "Record arguments, results and loaded values, as text.")
  var values = false

  @Option(
    name: .customLong("redact"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Leave the values of matching functions and variables out: a name or pattern, "
        + "'file:…', 'module:…', 'variable:…'.", valueName: "rule"))
  var redacted: [String] = []

  @Flag(inversion: .prefixedNo, help: "Record loads from memory.")
  var loads = true

  @Flag(help: "Record stores to memory.")
  var stores = false

  @Flag(help: "Record operators.")
  var operators = false

  @Flag(help: "Record what the Swift runtime does: retains, releases, allocations, casts.")
  var runtime = false

  @Option(help: ArgumentHelp("Stop when the file has this size: 500M, 2G.", valueName: "size"))
  var maxSize: String?

  @Option(help: ArgumentHelp("Stop after this time: 90s, 10m, 1h.", valueName: "time"))
  var maxTime: String?

  @Option(
    help: ArgumentHelp(
      "Keep the last events only, in a file of about this size: 64M.", valueName: "size"))
  var last: String?

  func validate() throws {
    for (name, size) in [("--max-size", maxSize), ("--last", last)] {
      guard let size else { continue }
      guard size.wholeMatch(of: /0*[1-9][0-9]*[kKmMgGtT]?/) != nil else {
        throw ValidationError("'\(name) \(size)': write a size such as 64M or 10G")
      }
    }
    if let maxTime, maxTime.wholeMatch(of: /0*[1-9][0-9]*[smh]?/) == nil {
      throw ValidationError("'--max-time \(maxTime)': write a time such as 90s, 10m or 1h")
    }
  }

  /// The file of a process.
  func path(of process: Int32) -> String {
    Files.absolute(FilePath(file.replacing("%p", with: "\(process)"))).string
  }

  /// The same for the context.
  var arguments: [String] {
    var arguments = ["-o", Files.absolute(FilePath(file)).string]
    if time { arguments.append("--time") }
    if values || !redacted.isEmpty { arguments.append("--values") }
    for rule in redacted { arguments += ["--redact", rule] }
    if !loads { arguments.append("--no-loads") }
    if stores { arguments.append("--stores") }
    if operators { arguments.append("--operators") }
    if runtime { arguments.append("--runtime") }
    if let maxSize { arguments += ["--max-size", maxSize] }
    if let maxTime { arguments += ["--max-time", maxTime] }
    if let last { arguments += ["--last", last] }
    return arguments
  }
}

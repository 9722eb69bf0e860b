import ArgumentParser
import RayDriver

struct TraceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Show every call of a program with its values, while it runs.",
    discussion: """
      An indented tree on stderr: calls with their arguments and results, operators, errors, \
      threads and tasks. Equal lines in a row are one: '× 1,204'. The program's output, its exit \
      status and its signals are its own.

      EXAMPLES:
        rayc trace main.swift
        rayc trace -d 2 main.swift              two calls deep
        rayc trace -x 'module:Logging' main.swift
        rayc trace -x '/./' -i Parser --loads main.swift -- input.txt
        rayc trace --trigger parse main.swift   only inside calls of 'parse'
        rayc trace --format json -o calls.jsonl main.swift
      """)

  @OptionGroup(title: "Trace") var trace: TraceOptions
  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup var program: ProgramOptions

  func run() async throws {
    let spec = ContextSpec(source: .builtIn("trace"), arguments: trace.arguments)
    try await program.build(with: context.parsed() + [spec])?.become()
  }
}

enum TraceFormat: String, ExpressibleByArgument, CaseIterable { case text, json }
enum ColorChoice: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

/// What of a trace is shown, and where it goes.
struct TraceOptions: ParsableArguments {
  @Option(
    name: .customShort("o"),
    help: ArgumentHelp("Write the trace to a file ('%p': the process).", valueName: "file"))
  var file: String?

  @Option(help: "As a tree, or as JSON, one event a line.")
  var format: TraceFormat = .text

  @Flag(inversion: .prefixedNo, help: "Show the values of arguments and results.")
  var args = true

  @Flag(inversion: .prefixedNo, help: "Show operators: '+(1, 2) = 3'.")
  var operators = true

  @Flag(help: "Show loads from memory.")
  var loads = false

  @Flag(help: "Show what the compiler calls for itself and the Swift runtime.")
  var runtime = false

  @Flag(inversion: .prefixedNo, help: "Show where calls are.")
  var locations = true

  @Option(help: ArgumentHelp("Cut values at this many characters.", valueName: "n"))
  var length = 60

  @Option(help: "Colours: on a terminal without NO_COLOR, 'always' or 'never'.")
  var color: ColorChoice = .auto

  func validate() throws {
    if length < 8 { throw ValidationError("'--length \(length)': write a number from 8 on") }
  }

  /// The same for the context.
  var arguments: [String] {
    var arguments = file.map { ["-o", $0] } ?? []
    if format != .text { arguments += ["--format", format.rawValue] }
    if !args { arguments.append("--no-args") }
    if !operators { arguments.append("--no-operators") }
    if loads { arguments.append("--loads") }
    if runtime { arguments.append("--runtime") }
    if !locations { arguments.append("--no-locations") }
    if length != 60 { arguments += ["--length", "\(length)"] }
    if color != .auto { arguments += ["--color", color.rawValue] }
    return arguments
  }
}

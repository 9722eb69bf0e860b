import ArgumentParser
import RayDriver

struct WhyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Show where a value was made first, and its way to where it was seen.",
    discussion: """
      A NaN, a number, 'inf', 'true' or 'false': the first operation or call that made it, and the \
      lines of the source that it went through from there, on stderr when the program ends. The \
      program's output, its exit status and its signals are its own.

      EXAMPLES:
        rayc why main.swift --value NaN
        rayc why main.swift --value -1 --at Parser.swift:40
                                                the way of the one that was seen there
        rayc why --package-path MyTool --value inf -- input.txt
      """)

  @OptionGroup(title: "Why") var why: WhyOptions
  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup var program: ProgramOptions

  func run() async throws {
    let spec = ContextSpec(source: .builtIn("why"), arguments: why.arguments)
    try await program.build(with: context.parsed() + [spec])?.become()
  }
}

/// Which value is followed, and to where.
struct WhyOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "The value: 'NaN', 'inf', a number, 'true' or 'false'.")
  var value: String

  @Option(
    help: ArgumentHelp("Where it was seen: the way of the last one there.", valueName: "file:line"))
  var at: String?

  @Option(
    name: .customShort("o"),
    help: ArgumentHelp("Write the report to a file ('%p': the process).", valueName: "file"))
  var file: String?

  /// The same for the context.
  var arguments: [String] {
    var arguments = ["--value", value]
    if let at { arguments += ["--at", at] }
    if let file { arguments += ["-o", file] }
    return arguments
  }
}

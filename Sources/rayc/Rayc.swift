// Stages 1-4 from the user's side: the command line, one file per command.
import ArgumentParser
import RayDriver

@main
struct Rayc: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rayc",
    abstract: "See every call and load of a Swift program, without touching its source.",
    discussion: """
      EXAMPLES:
        rayc trace main.swift                   see every call with its values
        rayc profile -c release main.swift      calls, time and memory of its functions
        rayc why main.swift --value NaN         where a value was made, and its way
        rayc record main.swift                  every event to a file, for later
        rayc report rayc.data                   what is in it; also 'replay', 'export', 'diff'
        rayc run main.swift                     count calls and loads of a program
        rayc run -c release main.swift -- 10    the same, optimised, with an argument
        rayc run -W counter.swift:Counter main.swift
                                                with a context of your own
        rayc run --trigger parse main.swift     only what calls of 'parse' do
        rayc template Patch --over main.swift   a new context of your own
        rayc test --package-path MyPackage      an instrumented 'swift test'
        rayc list sites main.swift              what would be instrumented
        rayc doctor                             is everything there that rayc needs?
      """,
    version: "0.1.0",
    subcommands: [
      TraceCommand.self, ProfileCommand.self, WhyCommand.self, GraphCommand.self,
      RecordCommand.self,
      ReportCommand.self, ReplayCommand.self, ExportCommand.self, DiffCommand.self, RunCommand.self,
      BuildCommand.self, TestCommand.self, SwiftcCommand.self, EnvCommand.self, ListCommand.self,
      IrCommand.self, SourceCommand.self,
      TemplateCommand.self, DoctorCommand.self,
    ])

  /// The parser takes a mistyped command for an argument too many.
  private static func checkCommand(_ arguments: [String]) throws {
    var command: any ParsableCommand.Type = Rayc.self
    var path = ""
    for name in arguments {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty, !name.hasPrefix("-") else { return }
      if let next = subcommands.first(where: { $0.configuration.commandName == name }) {
        command = next
        path += name + " "
        continue
      }
      let names = subcommands.compactMap { $0.configuration.commandName }
      let isFirst = path.isEmpty
      if isFirst, name == "help" { return }
      let closest = Suggestion.closest(to: name, in: names)
      let known: [String] = names.map { path + $0 } + (isFirst ? ["help"] : [])
      throw Diagnostic.unknownCommand(path + name, closest: closest.map { path + $0 }, known: known)
    }
  }

  static func main() async {
    Interrupts.install()
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      try checkCommand(arguments)
      var command = try parseAsRoot(SwiftcCommand.separated(arguments))
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      Ending.end(error)
    }
  }
}

import ArgumentParser
import RayDriver
import RayReport

extension ProfileMeasure: ExpressibleByArgument {}

struct ProfileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Run a program and show what its functions cost: calls, time, memory.",
    discussion: """
      Counts are exact and the same in every run of a deterministic program. When the program has \
      ended, a table comes on stderr; other forms go to a file. The exit status is the program's.

      EXAMPLES:
        rayc profile -c release main.swift -- input.txt
        rayc profile -s allocations --top 10 main.swift
        rayc profile --lines main.swift         by line of the source
        rayc profile --format html main.swift   a page with a flame graph
        rayc profile --format json -o - main.swift
        rayc profile --format collapsed -s calls -o calls.txt main.swift
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, callgrind, speedscope, collapsed, pprof, perfetto, html
  }

  struct ReportOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "What to sort by, and what stacks are as wide as.")
    var sort: ProfileMeasure = .selfTime

    @Option(help: "A table, or a file for another tool.")
    var format: Format = .table

    @Option(
      name: .customShort("o"),
      help: ArgumentHelp("Where the report goes; '-' is stdout.", valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("How many rows a table has.", valueName: "n"))
    var top = 25

    @Flag(help: "A table of lines in place of functions.")
    var lines = false

    func validate() throws {
      if top < 1 { throw ValidationError("'--top \(top)': write a number from 1 on") }
    }

    func write(_ profile: Profile) throws {
      guard let format = ProfileFormat(rawValue: format.rawValue) else {
        let table = ProfileTable(profile, sort: sort, top: top, byLine: lines)
        let width = file == nil ? Table.width(of: 2) : file == "-" ? Table.terminalWidth : nil
        try ReportOutput.write(Array(table.text(width: width).utf8), to: file, standard: nil)
        return
      }
      try ReportOutput.write(
        try format.bytes(of: profile, measure: sort), to: file,
        standard: format.fileName(for: profile.program))
    }
  }

  @OptionGroup(title: "Report") var report: ReportOptions
  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup var program: ProgramOptions

  func run() async throws {
    guard let (profile, ended) = try await program.profile(with: context.parsed()) else { return }
    try report.write(profile)
    ended.end()
  }
}

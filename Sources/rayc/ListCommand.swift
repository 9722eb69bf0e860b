import ArgumentParser
import FoundationEssentials
import RayDriver
import SystemPackage

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what is or would be instrumented, and what is not and why.",
    discussion: """
      The files are compiled as one module; nothing is linked or run. Without '-W' every call and \
      every load counts.

      EXAMPLES:
        rayc list sites main.swift
        rayc list sites --types -c release main.swift
        rayc list functions -c release Sources/MyLibrary/*.swift
        rayc list skipped --format json main.swift
        rayc list rules --trigger 'Parser.parse' --exclude 'file:*Tests*' main.swift
        rayc list contexts
      """,
    subcommands: [
      ListSites.self, ListFunctions.self, ListSkipped.self, ListRules.self, ListContexts.self,
    ])
}

enum ListFormat: String, ExpressibleByArgument, CaseIterable { case table, json }

/// What the three lists of a module's sites have in common.
struct ListOptions: ParsableArguments {
  @Argument(help: "The module's Swift files.")
  var files: [String]

  @Option(help: "As a table, or as JSON with names as they are in the binary.")
  var format: ListFormat = .table

  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup(title: "What is observed") var selection: SelectionOptions
  @OptionGroup(title: "Build") var build: BuildOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func records(_ wanted: ReportRecord.Record...) async throws -> [ReportRecord] {
    try Building.check(sources: files)
    return try await withSession(output) { session in
      let request = ProgramRequest(
        sources: files, configuration: build.configuration,
        compilerArguments: build.compilerArguments, jobs: build.jobs)
      let selected = try await selection.selection(for: request)
      var instrumentation: Instrumentation?
      if context.specs.isEmpty {
        try session.check(selected)
      } else {
        instrumentation = try await session.instrumentation(
          try context.stack(importsRay: request.importsRay()), selected)
      }
      let plan = try session.planner.report(request, instrumentation, selected)
      try await session.executor.execute(plan.jobs)
      if output.printJobs { return [] }
      return ReportRecord.decode(try Files.read(plan.report))
        .filter { wanted.contains($0.record) }
    }
  }

  func show(_ records: [ReportRecord], _ table: Table) throws {
    if output.printJobs { return }
    switch format {
    case .table: print(table.text(width: Table.terminalWidth), terminator: "")
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(records), as: UTF8.self))
    }
  }
}

extension ReportRecord {
  /// `file:line:column`, with the file's name alone.
  var location: String {
    guard let file, !file.isEmpty, let line, line > 0 else { return "-" }
    let name = FilePath(file).lastComponent?.string ?? file
    guard let column, column > 0 else { return "\(name):\(line)" }
    return "\(name):\(line):\(column)"
  }
}

extension ReportRecord {
  /// `variable: Type`, or what is known of the two.
  fileprivate var loaded: String {
    let type = valueType.flatMap { $0.isEmpty ? nil : shortName("$s" + $0) }
    return [variable, type].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ": ")
  }
}

/// A symbol as a list shows it; `<indirect>` for a callee that is only known at run time.
private func shortName(_ symbol: String?) -> String {
  guard let symbol, !symbol.isEmpty else { return "<indirect>" }
  return ShortName.shortened(demangled(symbol))
}

struct ListSites: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sites", abstract: "List every call and load that a context sees.")
  @OptionGroup var options: ListOptions
  @Flag(help: "Count how many values have their exact Swift type, and why not the rest.")
  var types = false

  func run() async throws {
    let records = try await options.records(.site)
    if types { return try options.show(records, SiteTypes(records).table) }
    var table = Table(["kind", "site", "what", "in"])
    for record in records {
      table.add([
        record.kind == "runtimeCall" ? "runtime" : record.kind ?? "", record.location,
        record.kind == "load" ? record.loaded : shortName(record.callee),
        shortName(record.function),
      ])
    }
    try options.show(records, table)
  }
}

struct ListFunctions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "functions", abstract: "List the functions, with the sites in each.")
  @OptionGroup var options: ListOptions

  func run() async throws {
    // The user's first, then what the compiler made.
    let records = try await options.records(.function).sorted {
      ($0.location == "-" ? 1 : 0) < ($1.location == "-" ? 1 : 0)
    }
    var table = Table(["calls", "runtime", "loads", "site", "function"], numeric: 3)
    for record in records {
      table.add([
        "\(record.calls ?? 0)", "\(record.runtimeCalls ?? 0)", "\(record.loads ?? 0)",
        record.location, shortName(record.function),
      ])
    }
    try options.show(records, table)
  }
}

struct ListSkipped: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skipped", abstract: "List what is not instrumented, each with its reason.")
  @OptionGroup var options: ListOptions

  func run() async throws {
    let records = try await options.records(.skipped)
    var table = Table(["what", "site", "reason", "callee", "in"])
    for record in records {
      table.add([
        record.what ?? "", record.location, record.reason ?? "",
        record.what == "function" ? "" : shortName(record.callee),
        shortName(record.function),
      ])
    }
    try options.show(records, table)
  }
}

struct ListRules: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List rules and triggers with the number of functions that each matches.",
    discussion: """
      Rules are those of the command line, of RAYC_RULES and of the nearest '.rayc.json', in the \
      order in which they are tried; the last one that matches a function counts.
      """)
  @OptionGroup var options: ListOptions

  func run() async throws {
    let records = try await options.records(.rule, .trigger)
    var table = Table(["functions", "rule", "names"], numeric: 1)
    for record in records {
      table.add([
        "\(record.functions ?? 0)",
        record.record == .rule ? record.pattern ?? "" : "trigger \(record.pattern ?? "")",
        (record.names ?? []).map(shortName).joined(separator: ", "),
      ])
    }
    try options.show(records, table)
  }
}

struct ListContexts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contexts", abstract: "List the contexts that come with rayc.")

  func run() {
    for name in Toolkit.ofThisProcess().builtInContexts { print(name) }
  }
}

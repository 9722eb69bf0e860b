import ArgumentParser
import FoundationEssentials
import RayDriver
import SystemPackage

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what is or would be instrumented, and what is not and why.",
    discussion: """
      The files are compiled as one module, and nothing is linked or run; without files, the \
      package around this folder is built. Without '-W' every call and every load counts.

      EXAMPLES:
        rayc list sites main.swift
        rayc list sites --types -c release main.swift
        rayc list sites --locations --local --package-path MyLibrary
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
  @Argument(
    help: "The module's Swift files; none for the package around this folder.",
    completion: .file(extensions: ["swift"]))
  var files: [String] = []

  @Option(help: "As a table, or as JSON with names as they are in the binary.")
  var format: ListFormat = .table

  @Option(
    help: ArgumentHelp(
      "Show 'stores', 'operators' or 'runtime' sites as well, or 'all'.", valueName: "point,…"),
    completion: .list(Point.allCases.map(\.rawValue) + ["all"]))
  var points: PointList = []

  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup(title: "What is observed") var selection: SelectionOptions
  @OptionGroup(title: "Build") var build: BuildOptions
  @OptionGroup(title: "Package") var package: PackageOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func records(_ wanted: ReportRecord.Record...) async throws -> [ReportRecord] {
    try await reports { _, reports in
      try reports.flatMap { ReportRecord.decode(try Files.read($0)) }
        .filter { wanted.contains($0.record) }
    } ?? []
  }

  /// Makes the reports and hands them on; nil where jobs are only printed.
  func reports<Result>(
    _ body: (Session, [FilePath]) async throws -> Result
  ) async throws -> Result? {
    try await withSession(output) { session in
      let reports = try await files.isEmpty ? packageReports(session) : [fileReport(session)]
      return output.printJobs ? nil : try await body(session, reports)
    }
  }

  private func fileReport(_ session: Session) async throws -> FilePath {
    try package.rejectForFiles()
    try Building.check(sources: files)
    let request = ProgramRequest(
      sources: files, configuration: build.configuration,
      compilerArguments: build.compilerArguments, jobs: build.jobs)
    var selected = try await selection.selection(for: request)
    selected.listedPoints = points.points
    let instrumentation = try await instrumentation(
      session, selected, points: try request.rayPoints())
    let plan = try session.planner.report(request, instrumentation, selected)
    try await session.executor.execute(plan.jobs)
    return plan.report
  }

  private func packageReports(_ session: Session) async throws -> [FilePath] {
    let reader = try package.reader(session)
    let request = try await package.request(reader, .build(product: nil), build, output)
    var selected = try await selection.selection(for: reader)
    selected.listedPoints = points.points
    let instrumentation = try await instrumentation(
      session, selected, points: try await reader.rayPoints())
    let plan = session.planner.report(request, instrumentation, selected)
    try await session.executor.execute(plan.jobs)
    return Planner.reports(below: plan.folder)
  }

  private func instrumentation(
    _ session: Session, _ selected: Selection, points: Set<Point>?
  ) async throws -> Instrumentation? {
    guard context.isEmpty else {
      return try await session.instrumentation(try context.stack(points: points), selected)
    }
    try session.check(selected)
    return nil
  }

  func show(_ records: some Encodable, _ table: Table) throws {
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
  fileprivate var moved: String {
    let type = valueType.flatMap { $0.isEmpty ? nil : shortName("$s" + $0) }
    return [variable, type].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ": ")
  }
}

/// A symbol as a list shows it; `<indirect>` for a callee that is only known at run time.
private func shortName(_ symbol: String?) -> String {
  guard let symbol, !symbol.isEmpty else { return "<indirect>" }
  return ShortName.shortened(demangled(symbol))
}

/// `stores,runtime`.
struct PointList: ExpressibleByArgument, ExpressibleByArrayLiteral {
  var points: [Point]

  init(arrayLiteral elements: Point...) { points = elements }

  init?(argument: String) {
    if argument == "all" {
      points = Point.allCases
      return
    }
    points = []
    for name in argument.split(separator: ",") {
      guard let point = Point(rawValue: String(name)) else { return nil }
      points.append(point)
    }
  }
}

struct ListSites: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sites", abstract: "List every call and load that a context sees.")
  @OptionGroup var options: ListOptions
  @Flag(help: "Count how many values have their exact Swift type, and why not the rest.")
  var types = false
  @Flag(help: "Count whose location really is that call or variable in the source, by rules.")
  var locations = false

  func run() async throws {
    if locations { return try await showLocations() }
    let records = try await options.records(.site)
    if types { return try options.show(records, SiteTypes(records).table) }
    var table = Table(["kind", "site", "what", "in"])
    for record in records {
      table.add([
        record.operation ?? (record.kind == "runtimeCall" ? "runtime" : record.kind ?? ""),
        record.location,
        ["load", "store"].contains(record.kind) ? record.moved : shortName(record.callee),
        shortName(record.function),
      ])
    }
    try options.show(records, table)
  }
}

extension ListSites {
  private func showLocations() async throws {
    let check = try await options.reports { session, reports in
      SiteLocations(try await session.output(of: session.planner.locationCheck(reports)))
    }
    if let check { try options.show(check.verdicts, check.table) }
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

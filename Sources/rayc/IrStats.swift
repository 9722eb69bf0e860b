import ArgumentParser
import FoundationEssentials
import RayDriver
import RayListing
import SystemPackage

struct IrStats: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count what each function is made of, and its code before and after the hooks.",
    discussion: """
      Instructions, calls, loads and primitives (calls of functions without IR here) are those of \
      the stage 'swift'; sites are what a context can see; sizes are bytes of machine code, plain \
      and with the hooks of '-W' ('count' without it).

      EXAMPLES:
        rayc ir stats main.swift
        rayc ir stats main.swift -c release --format json
      """)

  @Argument(help: "The module: a Swift file, a folder, '.ll' or '.bc'.")
  var file: String

  @Option(
    name: .customLong("fn"),
    help: ArgumentHelp(
      "Only these functions: '/regex/' or how a name begins.", valueName: "pattern"))
  var functions: [String] = []

  @Option(help: "As a table, JSON, or an HTML page.")
  var format: DiffFormat = .text

  @OptionGroup var options: IrOptions

  func run() async throws {
    let patterns = try functions.map { try FunctionPattern($0, origin: "'--fn'") }
    try await withSession(options.output) { session in
      let input = try options.input(file, options.build.configuration)
      let plain = try await options.run(
        session, input, module: input.moduleName, upTo: .swift, name: "plain")
      let (instrumentation, selected) = try await options.instrumentation(
        session, input, .instrumented)
      let hooked = try session.planner.ir(
        input, module: input.moduleName, instrumentation, selected, name: "hooked")
      try await session.executor.execute(hooked.jobs)
      let sizes = try await [
        sizes(session, plain), sizes(session, hooked),
      ]
      if options.output.printJobs { return }
      let listing = try options.listing(plain, .swift)
      let names = IrNames()
      let defined = Set(listing.functions.map(\.symbol))
      var sites: [String: Int] = [:]
      for record in ReportRecord.decode(try Files.read(plain.report)) where record.record == .site {
        sites[record.function ?? "", default: 0] += 1
      }
      let all = listing.functions.filter { function in
        patterns.isEmpty || patterns.contains { $0.matches(function.symbol) }
      }
      if all.isEmpty, let pattern = functions.first {
        throw Diagnostic.noSuchFunction(
          pattern, functions: listing.functions.map { names.title($0.symbol) })
      }
      try show(
        all.map { function in
          var row = FunctionStatistics(
            function, name: names.title(function.symbol), defined: defined)
          row.sites = sites[function.symbol] ?? 0
          row.size = sizes[0][function.symbol]
          row.instrumentedSize = sizes[1][function.symbol]
          return row
        })
    }
  }

  /// Bytes of machine code by symbol.
  private func sizes(_ session: Session, _ plan: IRPlan) async throws -> [String: Int] {
    let (jobs, list) = try session.planner.sizes(plan, options.build.configuration)
    try await session.executor.execute(jobs)
    if options.output.printJobs { return [:] }
    var sizes: [String: Int] = [:]
    for line in try await session.output(of: list).split(separator: "\n") {
      // `name T value size`
      let words = line.split(separator: " ")
      if words.count == 4, let size = Int(words[3], radix: 16) { sizes[String(words[0])] = size }
    }
    return sizes
  }

  private func show(_ rows: [FunctionStatistics]) throws {
    let header = [
      "instructions", "calls", "loads", "primitives", "sites", "bytes", "with hooks", "function",
    ]
    let cells = rows.map { row in
      [
        "\(row.instructions)", "\(row.calls)", "\(row.loads)", "\(row.primitives)",
        "\(row.sites ?? 0)", row.size.map { "\($0)" } ?? "-",
        row.instrumentedSize.map { "\($0)" } ?? "-", row.name,
      ]
    }
    switch format {
    case .text:
      var table = Table(header, numeric: 7)
      for row in cells { table.add(row) }
      print(table.text(width: Table.terminalWidth), terminator: "")
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(rows), as: UTF8.self))
    case .html:
      print(HTMLTable(title: "rayc ir stats \(file)", header: header, rows: cells).page)
    }
  }
}

/// A table as a page of its own.
private struct HTMLTable {
  var title: String
  var header: [String]
  var rows: [[String]]

  var page: String {
    func cells(_ row: [String], _ tag: String) -> String {
      "<tr>" + row.map { "<\(tag)>\(Self.escaped($0))</\(tag)>" }.joined() + "</tr>\n"
    }
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>\(Self.escaped(title))</title>
      <style>
      :root { color-scheme: light dark } body { font: 14px/1.5 system-ui, sans-serif }
      td, th { text-align: right; padding: 0 10px; font-variant-numeric: tabular-nums }
      td:last-child, th:last-child { text-align: left }
      </style></head><body><h1>\(Self.escaped(title))</h1><table>
      \(cells(header, "th"))\(rows.map { cells($0, "td") }.joined())</table></body></html>
      """
  }

  private static func escaped(_ text: String) -> String {
    text.map { ["&": "&amp;", "<": "&lt;", ">": "&gt;"][$0] ?? String($0) }.joined()
  }
}

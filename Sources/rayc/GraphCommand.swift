import ArgumentParser
import RayDriver
import RayReport
import RayTrace
import SystemPackage

extension GraphFormat: ExpressibleByArgument {}

struct GraphCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Draw graphs of what a program does.",
    subcommands: [GraphCalls.self, GraphData.self, GraphRun.self])
}

struct GraphCalls: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calls",
    abstract: "Run a program, or take a recording, and draw who called whom, and how often.",
    discussion: """
      The graph goes to a file, with '-o -' to stdout. '--depth' counts from the root. 'svg' and \
      'html' need graphviz's 'dot'.

      EXAMPLES:
        rayc graph calls main.swift                          main.calls.dot
        rayc graph calls --format svg -o calls.svg main.swift
        rayc graph calls --root Parser.parse --depth 3 --format mermaid -o - main.swift
        rayc graph calls rayc.data                           of a recording
      """)

  struct DrawingOptions: ParsableArguments {
    @Option(help: "How the graph is written.")
    var format: GraphFormat = .dot

    @Option(
      name: .customShort("o"),
      help: ArgumentHelp("Where the graph goes; '-' is stdout.", valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("Only this function and what it calls.", valueName: "function"))
    var root: String?

    @Flag(help: "With callees that have no instrumented body.")
    var primitives = false
  }

  @OptionGroup(title: "Graph") var drawing: DrawingOptions
  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup var program: ProgramOptions

  func run() async throws {
    // The graph's depth is counted from its root, not from where a thread begins.
    var program = program
    let depth = program.selection.depth
    program.selection.depth = nil
    if let file = recording {
      try await draw(try Recording.open(file).profile(at: file).profile, depth)
      return
    }
    guard let (profile, ended) = try await program.profile(with: context.parsed()) else { return }
    try await draw(profile, depth)
    ended.end()
  }

  /// The one file that was named, if it is no Swift file.
  private var recording: String? {
    guard program.files.count == 1, let file = program.files.first, !file.hasSuffix(".swift"),
      Files.exists(FilePath(file))
    else { return nil }
    return file
  }

  private func draw(_ profile: Profile, _ depth: Int?) async throws {
    let graph = CallGraph(
      profile, root: drawing.root, depth: depth,
      primitives: drawing.primitives)
    if let root = drawing.root, graph.functions.isEmpty { throw Diagnostic.noSuchRoot(root) }
    let bytes = try await Self.bytes(of: graph, drawing.format)
    try ReportOutput.write(
      bytes, to: drawing.file,
      standard: "\(profile.program).calls.\(drawing.format.rawValue)")
  }

  private static func bytes(of graph: CallGraph, _ format: GraphFormat) async throws -> [UInt8] {
    let text = try graph.text(format)
    guard format == .svg || format == .html else { return Array(text.utf8) }
    let svg = try await Graphviz.svg(text)
    guard format == .html else { return Array(svg.utf8) }
    // What stands in front of the picture belongs to a file of its own.
    let picture = svg.firstRange(of: "<svg").map { svg[$0.lowerBound...] } ?? svg[...]
    return Array(
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>calls of \(graph.program)</title>
      <style>body { margin: 0; font-family: sans-serif; }</style></head>
      <body>\(picture)</body></html>

      """.utf8)
  }
}

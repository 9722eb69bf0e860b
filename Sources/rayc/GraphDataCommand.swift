import ArgumentParser
import RayDriver
import RayGraph
import RayReport
import SystemPackage

/// Of which function, and where its graph goes: what every form of `rayc graph data` takes.
struct DataGraphOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The function: 'rosenbrock(_:)'.", valueName: "function"))
  var fn: String

  @Option(help: "How the graph is written.")
  var format: GraphFormat = .json

  @Option(
    name: .customShort("o"),
    help: ArgumentHelp("Where the graph goes; '-' is stdout.", valueName: "file"))
  var file: String?

  /// - Parameter program: what the file is named after.
  func write(_ graph: Graph, program: String) async throws {
    try ReportOutput.write(
      try await GraphDrawing.bytes(of: graph, format), to: file,
      standard: "\(program).data.\(format.rawValue)")
  }
}

struct GraphData: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Run a program and record what one call of a function computed.",
    discussion: """
      The graph has a node for each operation that the arguments took part in, and a guard for each \
      comparison of theirs that steered the program. 'rayc graph run' runs it on other inputs. \
      'svg' needs graphviz's 'dot'.

      EXAMPLES:
        rayc graph data main.swift --fn 'rosenbrock(_:)'            main.data.json
        rayc graph data main.swift --fn f --call 3 --optimize -o g.json
        rayc graph data main.swift --fn f --format html -o g.html
        rayc graph data main.swift --fn f --format mermaid -o -
        rayc graph data main.swift --fn f --static          nothing is run: loops and branches stay
      """)

  @OptionGroup(title: "Graph") var drawing: DataGraphOptions

  @Option(help: ArgumentHelp("Which call of the function, from 1.", valueName: "n"))
  var call = 1

  @Flag(help: "Without operations that nothing needs, that are done twice, or with constants.")
  var optimize = false

  @Flag(
    name: .customLong("static"),
    help: "From the code alone: nothing is run, loops and branches stay.")
  var isStatic = false

  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup var program: ProgramOptions

  func validate() throws {
    if call < 1 { throw ValidationError("'--call \(call)': write a number from 1 on") }
  }

  func run() async throws {
    if isStatic { return try await StaticGraphRun.run(drawing, program) }
    var program = program
    program.selection.tagFunctions.append(drawing.fn)
    let results = Cache.standard(environment: processEnvironment()).results
    try Files.makeDirectory(results)
    let sources = program.files.compactMap { try? Files.read(FilePath($0)) }
    let names = sources.lazy.compactMap { ParameterNames.find(drawing.fn, in: $0) }.first ?? []
    let spec = ContextSpec(
      source: .builtIn("datagraph"),
      arguments: [
        "--fn", drawing.fn, "--call", "\(call)", "-o", results.appending("%p.graph").string,
      ] + (names.isEmpty ? [] : ["--names", names.joined(separator: ",")]))
    guard var built = try await program.build(with: context.parsed() + [spec]) else { return }
    let ended = try built.run()
    let file = results.appending("\(ended.process).graph")
    guard Files.exists(file) else {
      if !ended.termination.succeeded { ended.end() }
      throw Diagnostic.noDataGraph(drawing.fn, reason: Diagnostic.missingCall(0))
    }
    defer { Files.remove(file) }
    let graph = try self.graph(of: try Files.read(file))
    if !graph.lost.isEmpty {
      let callees = graph.lost.map { "'\($0.callee)' (\($0.count))" }
      StandardError.write("rayc: \(Diagnostic.lostValues(callees))\n")
    }
    try await drawing.write(
      optimize ? graph.optimized() : graph,
      program: built.executable.lastComponent?.string ?? "program")
    ended.end()
  }

  /// What the context has left: a graph, or a line that says why there is none.
  private func graph(of text: String) throws -> Graph {
    if let calls = Int(text) {
      throw Diagnostic.noDataGraph(drawing.fn, reason: Diagnostic.missingCall(calls))
    }
    guard text.hasPrefix("{") else { throw Diagnostic.noDataGraph(drawing.fn, reason: text) }
    do {
      return try Graph(json: text)
    } catch {
      throw Diagnostic.noDataGraph(drawing.fn, reason: "\(error)")
    }
  }
}

/// A graph in a file's form.
enum GraphDrawing {
  /// - Throws: `Diagnostic.noGraphviz` for `svg` where that is missing.
  static func bytes(of graph: Graph, _ format: GraphFormat) async throws -> [UInt8] {
    let text =
      switch format {
      case .json: graph.json
      case .dot: graph.dot
      case .mermaid: graph.mermaid
      case .svg: try await Graphviz.svg(graph.dot)
      case .html:
        graph.html(
          template: try Files.read(Toolkit.ofThisProcess().graphTemplate), source: sourceLines())
      }
    return Array(text.utf8)
  }

  /// Looks lines up in files, each read once.
  private static func sourceLines() -> (SourceLocation) -> String? {
    var files: [String: [Substring]] = [:]
    return { location in
      if files[location.file] == nil {
        let text = location.file.hasPrefix("/") ? try? Files.read(FilePath(location.file)) : nil
        files[location.file] =
          (text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      }
      guard let lines = files[location.file], lines.indices.contains(location.line - 1) else {
        return nil
      }
      return String(lines[location.line - 1])
    }
  }
}

/// The names of a function's parameters, from its source: debug information of a call has none.
enum ParameterNames {
  /// - Parameter function: `f`, `f(_:by:)` or `Type.f(_:)`.
  /// - Returns: the names; nil: the text declares no such function.
  static func find(_ function: String, in source: String) -> [String]? {
    let base = function.prefix { $0 != "(" }.split(separator: ".").last.map(String.init) ?? function
    let labels = function.contains("(") ? Self.labels(function) : nil
    var rest = source[...]
    while let found = rest.firstRange(of: "func \(base)") {
      rest = rest[found.upperBound...]
      guard let first = rest.first, "(<".contains(first), let open = rest.firstIndex(of: "("),
        let list = balanced(rest[open...])
      else { continue }
      let parameters = split(list).map(names)
      if labels == nil || labels == parameters.map(\.label) { return parameters.map(\.name) }
    }
    return nil
  }

  private static func labels(_ function: String) -> [String] {
    function[function.firstIndex(of: "(")!...].dropFirst().dropLast()
      .split(separator: ":").map(String.init)
  }

  /// What stands between a bracket and the one that closes it.
  private static func balanced(_ text: Substring) -> Substring? {
    var depth = 0
    for index in text.indices {
      if "([".contains(text[index]) { depth += 1 }
      if ")]".contains(text[index]) { depth -= 1 }
      if depth == 0 { return text[text.index(after: text.startIndex)..<index] }
    }
    return nil
  }

  private static func split(_ list: Substring) -> [Substring] {
    var parts: [Substring] = []
    var depth = 0
    var start = list.startIndex
    for index in list.indices {
      if "([<".contains(list[index]) { depth += 1 }
      // The arrow of a function type closes nothing.
      let isArrow = index > list.startIndex && list[list.index(before: index)] == "-"
      if ")]>".contains(list[index]), !isArrow { depth -= 1 }
      if list[index] == ",", depth == 0 {
        parts.append(list[start..<index])
        start = list.index(after: index)
      }
    }
    parts.append(list[start...])
    return parts.filter { $0.contains(":") }
  }

  private static func names(_ parameter: Substring) -> (label: String, name: String) {
    let words = parameter.prefix { $0 != ":" }.split(whereSeparator: \.isWhitespace)
    return (words.first.map(String.init) ?? "_", words.last.map(String.init) ?? "_")
  }
}

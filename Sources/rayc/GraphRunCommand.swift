import ArgumentParser
import RayDriver
import RayGraph
import RayReport
import SystemPackage

struct GraphRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a recorded data-flow graph.",
    discussion: """
      Inputs are a JSON object by the names of the parameters, or an array in their order; without \
      '--input', those that the graph was recorded with. The result goes to stdout as JSON. Inputs \
      that take another path than the recorded ones are an error that names the guard.

      EXAMPLES:
        rayc graph run g.json                        with the recorded inputs
        rayc graph run g.json --input inputs.json    {"xs": [1, 2, 3]}
        echo '[[1, 2, 3]]' | rayc graph run g.json --input -
        rayc graph run g.json --format html -o g.html
      """)

  @Argument(
    help: "A graph, as 'rayc graph data' writes it.", completion: .file(extensions: ["json"]))
  var file: String

  @Option(help: ArgumentHelp("The inputs as JSON; '-' is stdin.", valueName: "file"))
  var input: String?

  @Flag(help: "Compile the graph to native code, in place of interpreting it.")
  var native = false

  @Flag(help: "Run the gradient of the first result by all floating-point inputs instead.")
  var gradient = false

  @Flag(help: "Without operations that nothing needs, that are done twice, or with constants.")
  var optimize = false

  @Option(help: "Write the graph in another form, in place of running it.")
  var format: GraphFormat?

  @Option(
    name: .customShort("o"),
    help: ArgumentHelp("Where the result or the graph goes (default: stdout).", valueName: "file"))
  var output: String?

  func run() async throws {
    do {
      var graph = try Graph(contentsOf: file)
      if gradient { graph = try graph.gradient() }
      if optimize { graph = graph.optimized() }
      let bytes =
        if let format {
          try await GraphDrawing.bytes(of: graph, format)
        } else {
          Array(try result(of: graph).utf8)
        }
      try ReportOutput.write(bytes, to: output ?? "-", standard: nil)
    } catch GraphError.cannotRead(let path, _) where !Files.exists(FilePath(path)) {
      throw Diagnostic.noSuchFile(FilePath(path))
    } catch let error as GraphError {
      throw Diagnostic.unusableGraph(file, reason: "\(error)")
    }
  }

  private func result(of graph: Graph) throws -> String {
    var inputs = graph.recordedInputs
    if let input {
      let text = try Self.text(of: input)
      do {
        inputs = try graph.inputs(json: text)
      } catch .notJSON(let reason, let line) {
        throw Diagnostic.unusableGraph(input, reason: "line \(line): \(reason)")
      }
    }
    return graph.resultJSON(try native ? graph.runNative(inputs) : graph.run(inputs))
  }

  private static func text(of input: String) throws -> String {
    guard input == "-" else { return try Files.read(FilePath(input)) }
    var text = ""
    while let line = readLine(strippingNewline: false) { text += line }
    return text
  }
}

import RayDriver
import RayReport
import RaySource

/// `rayc graph data --static`: the data flow of a function from its code alone.
enum StaticGraphRun {
  static func run(_ drawing: DataGraphOptions, _ program: ProgramOptions) async throws {
    guard !program.files.isEmpty else {
      throw Diagnostic.notWritable("'--static' reads Swift files: name them, or a folder of them")
    }
    try await withSession(program.output) { session in
      let plan = try SILProgram.plan(session, program.files, program.build)
      try await session.executor.execute(plan.jobs)
      if program.output.printJobs { return }
      let regenerator = Regenerator(try SILProgram.read(plan), demangle: demangled)
      let function = try SILProgram.choose([drawing.fn], regenerator)[0]
      let graph: StaticGraph
      do throws(SourceError) {
        graph = try regenerator.staticGraph(of: function)
      } catch {
        throw Diagnostic.notWritable(error.description)
      }
      let name = ProgramRequest(sources: program.files).defaultName
      try ReportOutput.write(
        Array(try await text(of: graph, drawing.format).utf8), to: drawing.file,
        standard: "\(name).static.\(drawing.format.rawValue)")
    }
  }

  private static func text(of graph: StaticGraph, _ format: GraphFormat) async throws -> String {
    switch format {
    case .json: return graph.json
    case .dot: return graph.dot
    case .mermaid: return graph.mermaid
    case .svg: return try await Graphviz.svg(graph.dot)
    case .html:
      let svg = try await Graphviz.svg(graph.dot)
      let picture = svg.firstRange(of: "<svg").map { svg[$0.lowerBound...] } ?? svg[...]
      return """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>\(graph.function)</title>
        <style>body { margin: 0; font-family: sans-serif; }</style></head>
        <body>\(picture)</body></html>

        """
    }
  }
}

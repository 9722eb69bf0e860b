import ArgumentParser
import RayDriver
import RayGraph
import RaySource
import SystemPackage

struct SourceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "source",
    abstract: "Write a function as Swift again, from what the compiler made of it.",
    discussion: """
      The file defines the function under its own name and signature, with what it needs of the \
      program: the functions that it calls, private, and their types. Control flow is found again \
      in the compiler's blocks and jumps. '--fn' is 'f', 'f(_:)' or 'Shape.area()', and may be \
      given several times. A construct that cannot be written is an error that names it.

      EXAMPLES:
        rayc source main.swift --fn 'rosenbrock(_:)'
        rayc source Sources/Model --fn Model.step -o Step.swift
        rayc source main.swift --fn fib --main -o fib.swift     with the first call it traced
        rayc source main.swift --fn fib --arguments 20          with a call of your own
        rayc source main.swift --fn f --inline helper           without calls of 'helper'
        rayc source g.json                                      of a recorded graph
      """)

  @Argument(
    help: "The program's Swift files, or a folder of them.",
    completion: .file(extensions: ["swift"]))
  var files: [String]

  @Option(
    name: .customLong("fn"),
    help: ArgumentHelp("The function, by its name.", valueName: "function"))
  var functions: [String] = []

  @Option(
    name: .customShort("o"),
    help: ArgumentHelp("Where the source goes; '-' is stdout.", valueName: "file"))
  var file = "-"

  @Flag(help: "Add a call, on what the function was called with first when the program ran.")
  var main = false

  @Option(help: ArgumentHelp("Add a call on these: '[1, 2], by: 3'.", valueName: "list"))
  var arguments: String?

  @Option(
    help: ArgumentHelp(
      "Functions whose calls are replaced by what they do, as '--include' names them.",
      valueName: "pattern"))
  var inline: [String] = []

  @OptionGroup(title: "Build") var build: BuildOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    if files.count == 1, files[0].hasSuffix(".json") { return try await writeGraph() }
    guard !functions.isEmpty else {
      throw ValidationError("name a function: --fn 'f(_:)'")
    }
    let patterns = try inline.map { try FunctionPattern($0, origin: "'--inline'") }
    try await withSession(output) { session in
      let plan = try SILProgram.plan(session, files, build)
      try await session.executor.execute(plan.jobs)
      if output.printJobs { return }
      let module = try SILProgram.read(plan)
      let regenerator = Regenerator(module, demangle: demangled) { symbol in
        patterns.contains { $0.matches(symbol) }
      }
      let chosen = try SILProgram.choose(functions, regenerator)
      let call = try await call(of: chosen[0])
      let source: RegeneratedSource
      do throws(SourceError) {
        source = try regenerator.source(of: chosen, main: call)
      } catch {
        throw Diagnostic.notWritable(error.description)
      }
      let text = try await formatted(source.text, session)
      try ReportOutput.write(Array(text.utf8), to: file, standard: nil)
    }
  }

  /// `rayc source g.json`: straight-line Swift for a recorded graph.
  private func writeGraph() async throws {
    let text = try Files.read(FilePath(files[0]))
    let source: String
    do {
      source = try Graph(json: text).swiftSource()
    } catch {
      throw Diagnostic.notWritable("'\(files[0])': \(error)")
    }
    try await withSession(output) { session in
      let text = try await formatted(source, session)
      try ReportOutput.write(Array(text.utf8), to: file, standard: nil)
    }
  }

  /// The statement for the end of the file, if one is wanted.
  private func call(of function: SILFunction) async throws -> String? {
    guard main || arguments != nil else { return nil }
    let name = function.plainName
    guard !name.contains("."), let open = name.firstIndex(of: "(") else {
      throw Diagnostic.notWritable(
        "'\(name)' belongs to a type: '--main' writes calls of free functions only")
    }
    var list = arguments
    if list == nil { list = try await TracedInputs.arguments(of: function, files, build) }
    return "print(\(name[..<open])(\(list ?? "")))"
  }

  private func formatted(_ text: String, _ session: Session) async throws -> String {
    let file = session.planner.staging.appending("Source.swift")
    guard let command = session.planner.formatting(file) else { return text }
    try Files.write(text, to: file)
    try await session.executor.execute([Job(.write, .run(command))])
    return try Files.read(file)
  }
}

/// A program as SIL.
enum SILProgram {
  static func plan(
    _ session: Session, _ paths: [String], _ build: BuildOptions
  ) throws -> SILPlan {
    var sources: [String] = []
    for path in paths {
      guard let status = Files.status(FilePath(path)) else {
        throw Diagnostic.noSuchFile(FilePath(path))
      }
      guard status.isDirectory else {
        sources.append(path)
        continue
      }
      let found = Files.below(FilePath(path), endingIn: ".swift").map(\.string)
      if found.isEmpty { throw Diagnostic.noSwiftFiles(below: FilePath(path)) }
      sources += found
    }
    try Building.check(sources: sources)
    let request = ProgramRequest(
      sources: sources, configuration: .debug, compilerArguments: build.compilerArguments,
      jobs: build.jobs)
    return try session.planner.sil(request, module: request.moduleName)
  }

  static func read(_ plan: SILPlan) throws -> SILModule {
    let text = try Files.read(plan.file)
    do throws(SourceError) {
      return try SILReader.read(text)
    } catch {
      throw Diagnostic.notWritable(error.description)
    }
  }

  static func choose(
    _ names: [String], _ regenerator: Regenerator
  ) throws(Diagnostic) -> [SILFunction] {
    var chosen: [SILFunction] = []
    for name in names {
      let found = regenerator.functions(named: name)
      if found.isEmpty {
        throw .noSuchFunction(name, functions: regenerator.functionNames)
      }
      let names = Set(found.map(\.plainName))
      if names.count > 1 { throw .severalFunctions(name, functions: names.sorted()) }
      chosen += found
    }
    return chosen
  }
}

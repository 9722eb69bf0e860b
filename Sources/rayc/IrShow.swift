import ArgumentParser
import RayDriver
import RayListing
import SystemPackage

struct IrShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a module's functions as IR.",
    discussion: """
      The stages: 'swift' is what the Swift compiler emits, 'instrumented' has the hooks of '-W' \
      ('count' without it), 'optimized' is what code is generated from; it has hooks only with \
      '-W'. Values are named by kind and number ('--raw-names': as LLVM does).

      EXAMPLES:
        rayc ir show main.swift
        rayc ir show main.swift 'Parser.parse' --hide-debug --hide-metadata
        rayc ir show main.swift rosenbrock --stage optimized -c release
      """)

  @Argument(help: "The module: a file or a folder; then functions (default: all).")
  var things: [String]

  @Option(help: "The stage: 'swift', 'instrumented' or 'optimized'.")
  var stage: IRStage = .swift

  @Flag(help: "Leave debug records and locations out; the source's lines stand between.")
  var hideDebug = false

  @Flag(help: "Leave all metadata and groups of attributes out.")
  var hideMetadata = false

  @Flag(help: "Keep LLVM's names of values, and symbols as the linker sees them.")
  var rawNames = false

  @OptionGroup var options: IrOptions

  func run() async throws {
    guard let file = things.first else { throw ValidationError("name a file") }
    let patterns = try things.dropFirst().map { try FunctionPattern($0, origin: "'ir show'") }
    try await withSession(options.output) { session in
      let input = try options.input(file, options.build.configuration)
      let plan = try await options.run(
        session, input, module: input.moduleName, upTo: stage, name: "show")
      if options.output.printJobs { return }
      let listing = try options.listing(plan, stage)
      let functions = listing.functions.filter { function in
        patterns.isEmpty || patterns.contains { $0.matches(function.symbol) }
      }
      if functions.isEmpty, let pattern = things.dropFirst().first {
        throw Diagnostic.noSuchFunction(
          pattern, functions: listing.functions.map { IrNames().title($0.symbol) })
      }
      let sources = SourceLines { try? Files.read(FilePath($0)) }
      if patterns.isEmpty { for line in listing.globals { print(line) } }
      for function in functions { print(text(function, sources), terminator: "") }
      if patterns.isEmpty, !hideMetadata { for line in listing.metadata { print(line) } }
    }
  }

  private func text(_ function: ListedFunction, _ sources: SourceLines) -> String {
    let naming = rawNames ? Naming(rawNamesOf: function) : Naming(function)
    var text = "\n; \(IrNames().title(function.symbol))\n"
    text += naming.text(function.header) + suffix(function.header) + " {\n"
    if let entry = function.values.firstIndex(where: { $0.kind == "entry" }),
      !naming.names[entry].allSatisfy(\.isNumber)
    {
      text += naming.names[entry] + ":\n"
    }
    var place: SourcePlace?
    for line in function.lines {
      if line.kind == .debugRecord, hideDebug || hideMetadata { continue }
      if let new = line.place, new.line != place?.line || new.file != place?.file {
        let source = sources.text(at: new).map { ": \($0)" } ?? ""
        text += "  ; \(new.fileName):\(new.line)\(source)\n"
        place = new
      }
      if line.kind == .label { text += "\n" }
      text += naming.text(line) + suffix(line) + "\n"
    }
    return text + "}\n"
  }

  private func suffix(_ line: ListedLine) -> String {
    if hideMetadata { return "" }
    return line.attributes + (hideDebug ? line.metadataWithoutDebug : line.metadata)
  }
}

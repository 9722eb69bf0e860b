import ArgumentParser
import RayDriver
import SystemPackage

struct SwiftcCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swiftc",
    abstract: "A swiftc that instruments.",
    discussion: """
      Everything is passed on to swiftc as it is. rayc's own options come first and end at the \
      first argument that is not one of them, or at '--'.

      EXAMPLES:
        rayc swiftc -O main.swift -o main
        rayc swiftc -W counter.swift:Counter -- -O main.swift -o main
        rayc swiftc --trigger Parser.parse -O main.swift -o main
      """)

  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup(title: "What is observed") var selection: SelectionOptions

  @Argument(parsing: .captureForPassthrough, help: "swiftc's arguments.")
  var arguments: [String] = []

  mutating func run() async throws {
    if arguments == ["--help"] || arguments == ["-h"] { throw CleanExit.helpRequest(self) }
    // What comes after the first argument that is none of rayc's is captured with the '--'.
    let forwarded = arguments.first == "--" ? Array(arguments.dropFirst()) : arguments
    let shim = try await withSession(try OutputOptions.parse([])) { session in
      let sources = forwarded.filter { $0.hasSuffix(".swift") && Files.exists(FilePath($0)) }
      let request = ProgramRequest(sources: sources)
      // One call compiles one module: it is the local one.
      let selected = try await selection.selection(above: request.folder) { ["*"] }
      let importsRay = try Self.isWholeProgram(forwarded) && request.importsRay()
      let stack = try context.stack(importsRay: importsRay)
      let instrumentation = try await session.instrumentation(stack, selected)
      let shim = session.planner.sharedShim(session.planner.settings(instrumentation))
      try await session.executor.execute(Job(.makeShim, .makeShim(shim)))
      return shim
    }
    try becomeProgram(shim.swiftc, arguments: forwarded)
  }

  /// Parts of a program must agree on the contexts, and one call does not see the other parts.
  private static func isWholeProgram(_ arguments: [String]) -> Bool {
    !arguments.contains { $0 == "-c" || $0.hasPrefix("-emit-") && $0 != "-emit-executable" }
  }
}

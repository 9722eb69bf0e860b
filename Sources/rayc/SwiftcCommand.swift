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

  private static let ownValues: Set<String> = [
    "-W", "--with", "--dynamo", "--pass", "--pass-plugin", "--at", "--scope", "--trigger",
    "--include", "--exclude",
    "--min-instructions", "--depth",
  ]

  /// Puts a `--` behind rayc's own options: the parser would read `-Werror` as `-W -e -r …`.
  ///
  /// - Parameter arguments: all of rayc's arguments, `swiftc` first.
  static func separated(_ arguments: [String]) -> [String] {
    guard arguments.first == configuration.commandName else { return arguments }
    var index = 1
    while index < arguments.count {
      let argument = arguments[index]
      let name = argument.split(separator: "=").first.map(String.init) ?? ""
      if ownValues.contains(argument) {
        index += 2
      } else if ["--local", "--read-only"].contains(argument)
        || name.hasPrefix("--") && ownValues.contains(name)
      {
        index += 1
      } else {
        break
      }
    }
    guard index < arguments.count, !["--", "-h", "--help"].contains(arguments[index]) else {
      return arguments
    }
    return Array(arguments[..<index]) + ["--"] + arguments[index...]
  }

  mutating func run() async throws {
    if arguments == ["--help"] || arguments == ["-h"] { throw CleanExit.helpRequest(self) }
    // What comes behind the '--' is captured with it.
    let forwarded = arguments.first == "--" ? Array(arguments.dropFirst()) : arguments
    let shim = try await withSession(try OutputOptions.parse([])) { session in
      let sources = forwarded.filter { $0.hasSuffix(".swift") && Files.exists(FilePath($0)) }
      let request = ProgramRequest(sources: sources)
      // One call compiles one module: it is the local one.
      let selected = try await selection.selection(above: request.folder) { ["*"] }
      let points = Self.isWholeProgram(forwarded) ? try request.rayPoints() : nil
      let stack = try context.stack(points: points)
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

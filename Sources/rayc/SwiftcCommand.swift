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
      """)

  @OptionGroup(title: "Context") var context: ContextOptions

  @Argument(parsing: .captureForPassthrough, help: "swiftc's arguments.")
  var arguments: [String] = []

  mutating func run() async throws {
    let options = try ownOptions()
    if options.help { throw CleanExit.helpRequest(self) }
    let context = options.context
    let forwarded = options.rest
    let shim = try await withSession(try OutputOptions.parse([])) { session in
      let instrumentation = try await session.instrumentation(
        try context.spec(), placement: context.placement)
      let shim = session.planner.sharedShim(session.planner.settings(instrumentation))
      try await session.executor.execute(Job(.makeShim, .makeShim(shim)))
      return shim
    }
    try becomeProgram(shim.swiftc, arguments: forwarded)
  }

  /// swiftc has options like ours, so only those before its first argument are rayc's.
  private func ownOptions() throws -> (context: ContextOptions, rest: [String], help: Bool) {
    // The parser has taken those that come before the first argument it does not know.
    var context = context
    var rest = arguments[...]
    while let argument = rest.first {
      switch argument {
      case "--help" where arguments.count == 1, "-h" where arguments.count == 1:
        return (context, [], true)
      case "-W", "--with":
        guard let value = rest.dropFirst().first else {
          throw ValidationError("Missing value for '-W <spec>'")
        }
        context.specs.append(value)
        rest = rest.dropFirst(2)
      case "--at":
        guard let value = rest.dropFirst().first.flatMap({ Placement(rawValue: $0) }) else {
          throw ValidationError("'--at' takes 'source' or 'optimized'")
        }
        context.placement = value
        rest = rest.dropFirst(2)
      case "--":
        return (context, Array(rest.dropFirst()), false)
      default:
        return (context, Array(rest), false)
      }
    }
    return (context, [], false)
  }
}

import ArgumentParser
import RayDriver

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what is or would be instrumented, and what is not and why.",
    subcommands: [ListContexts.self])
}

struct ListContexts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contexts", abstract: "List the contexts that come with rayc.")

  func run() {
    for name in Toolkit.ofThisProcess().builtInContexts { print(name) }
  }
}

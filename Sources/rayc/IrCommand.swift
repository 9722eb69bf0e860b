import ArgumentParser

struct IrCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ir",
    abstract: "Show the LLVM IR of a program at each stage, and what changed between two.",
    discussion: """
      FILE is a Swift file, a folder of Swift files (one module), or LLVM IR as '.ll' or '.bc'.

      EXAMPLES:
        rayc ir show main.swift rosenbrock          a function, as the Swift compiler emits it
        rayc ir diff main.swift --fn rosenbrock     before and after the hooks go in
        rayc ir diff old.swift new.swift            two sources
        rayc ir diff main.swift --rev HEAD~1        the same file in git, and now
        rayc ir diff main.swift -Onone -O           two ways to compile it
        rayc ir diff main.swift --passes -O         every LLVM pass that changed something
        rayc ir stats main.swift                    sizes of functions, before and after
      """,
    subcommands: [IrShow.self, IrDiff.self, IrStats.self])
}

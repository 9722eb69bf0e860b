/// `clang` and `clang++` of the shim toolchain, where C targets are instrumented too.
enum ClangShim {
  static func run(_ arguments: [String], tool: String, settings: Settings) -> Never {
    let plan = ClangPlan(
      arguments, settings: settings, read: Files.read, readBytes: Files.readBytes)
    guard let plan, let clang = settings.clang else {
      Child.replaceProcess("\(Path.directory(settings.frontend))/\(tool)", arguments)
    }
    // One driver for both languages: `clang++` is the name alone.
    let mode = tool == "clang++" ? ["--driver-mode=g++"] : []
    Child.replaceProcess(clang, mode + plan.arguments)
  }
}

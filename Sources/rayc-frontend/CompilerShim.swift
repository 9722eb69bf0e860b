import Glibc

/// `swiftc` of the shim toolchain: the real driver, told to use our frontend and, where it links
/// an executable, our runtime.
enum CompilerShim {
  static func run(_ arguments: [String], settings: Settings) -> Never {
    // `swiftc -frontend …` is the frontend by another name.
    if arguments.first == "-frontend" { FrontendShim.run(arguments, settings: settings) }
    if let executable = Path.ownExecutable() {
      let frontend = Path.directory(executable) + "/swift-frontend"
      setenv("SWIFT_DRIVER_SWIFT_FRONTEND_EXEC", frontend, 1)
    }
    let link = LinkPlan(
      arguments, settings: settings, read: Files.read, readBytes: Files.readBytes)
    guard settings.checksReplacements, link.arguments != arguments,
      let program = ReplacementCheck.output(of: arguments)
    else { Child.replaceProcess(settings.swiftc, link.arguments) }
    Interrupts.install()
    let status = Child.run(settings.swiftc, link.arguments)
    if status.succeeded, !ReplacementCheck.check(program) {
      unlink(program)
      exit(1)
    }
    status.endProcess()
  }
}

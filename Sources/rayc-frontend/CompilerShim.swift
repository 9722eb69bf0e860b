import Glibc

/// `swiftc` of the shim toolchain: the real driver, told to use our frontend and, where it links
/// an executable, our runtime.
enum CompilerShim {
  static func run(_ arguments: [String], settings: Settings) -> Never {
    // `swiftc -frontend …` is the frontend by another name.
    if arguments.first == "-frontend" { FrontendShim.run(arguments, settings: settings) }
    let expanded = ResponseFile.expand(arguments, read: Files.read)
    if let refused = UnsupportedOption(in: expanded) {
      fail("'\(refused.option)' is not supported: \(refused.reason)", status: 64)
    }
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

/// An option of swiftc's whose result would be no instrumented program, or none that runs.
struct UnsupportedOption {
  var option: String
  var reason: String

  init?(in arguments: [String]) {
    if let found = arguments.last(where: { $0.hasPrefix("-lto=") }) {
      option = found
      reason =
        "what rayc compiles is LLVM 22's, and the toolchain's linker optimises only what its own "
        + "LLVM has made; leave the option out"
    } else if arguments.contains("-static-executable") {
      option = "-static-executable"
      reason = "rayc's runtime needs the dynamic linker; use '-static-stdlib'"
    } else {
      return nil
    }
  }
}

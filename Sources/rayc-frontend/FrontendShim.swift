import Glibc

/// `swift-frontend` of the shim toolchain.
enum FrontendShim {
  static func run(_ arguments: [String], settings: Settings) -> Never {
    let tag = "rayc-\(getpid())"
    let plan = FrontendPlan(arguments, tag: tag, settings: settings, read: Files.read)
    guard let plan else { Child.replaceProcess(settings.frontend, arguments) }
    Interrupts.install()
    CompileJob(plan: plan, settings: settings, tag: tag).run().endProcess()
  }
}

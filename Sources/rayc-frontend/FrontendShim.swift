import Glibc

/// `swift-frontend` of the shim toolchain.
enum FrontendShim {
  static func run(_ arguments: [String], settings: Settings) -> Never {
    let tag = "rayc-\(getpid())"
    let plan = FrontendPlan(arguments, tag: tag, settings: settings, read: Files.read)
    guard let plan else {
      let imports = ImportPaths.added(to: arguments, settings: settings, read: Files.read)
      Child.replaceProcess(settings.frontend, arguments + imports)
    }
    Interrupts.install()
    CompileJob(plan: plan, settings: settings, tag: tag).run().endProcess()
  }
}

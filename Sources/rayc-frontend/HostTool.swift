/// Tells what is built to run during the build (macros, plugins' tools) from what is delivered.
///
/// SwiftPM's native build compiles the former into `X-tool.build`, with modules in `Modules-tool`.
enum HostTool {
  private static let modulesFolder = "/Modules-tool"
  private static let objectsFolder = "-tool.build/"

  static func compiles(_ frontendArguments: [String]) -> Bool {
    frontendArguments.contains {
      $0.hasSuffix(modulesFolder) || ($0.contains(objectsFolder) && $0.hasSuffix(".o"))
    }
  }
}

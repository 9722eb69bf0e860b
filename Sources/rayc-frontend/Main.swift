// Stages 1-3: what the shim toolchain runs in place of the compilers.
import Glibc

/// Acts as the tool it was called as: the shim holds this binary as `swiftc`, `swift-frontend` and,
/// with `--c`, as `clang` and `clang++`.
@main
struct RaycFrontend {
  static func main() {
    let arguments = CommandLine.arguments
    let tool = Path.lastComponent(arguments.first ?? "")
    let forwarded = Array(arguments.dropFirst())
    switch tool {
    case "swift-frontend": FrontendShim.run(forwarded, settings: loadSettings(for: tool))
    case "clang", "clang++":
      ClangShim.run(forwarded, tool: tool, settings: loadSettings(for: tool))
    case "swiftc": CompilerShim.run(forwarded, settings: loadSettings(for: tool))
    default:
      fail(
        "'\(tool)' is not a tool rayc stands in for; "
          + "this binary is called by the build, use 'rayc swiftc' instead",
        status: 64)
    }
  }

  private static func loadSettings(for tool: String) -> Settings {
    guard let executable = Path.ownExecutable() else {
      fail("cannot read '/proc/self/exe'; is /proc mounted?")
    }
    let path = Settings.path(besideExecutable: executable)
    guard let text = Files.read(path) else {
      fail("cannot read '\(path)', the settings of this '\(tool)'; run the rayc command again")
    }
    return Settings(parsing: text)
  }
}

/// Ends the process with a message in the form of a compiler's.
func fail(_ message: String, status: Int32 = 1) -> Never {
  Files.writeError("rayc: error: \(message)\n")
  exit(status)
}

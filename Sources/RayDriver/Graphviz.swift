import Glibc
import SystemPackage

/// Graphviz, which draws graphs where it is installed.
public enum Graphviz {
  /// A graph in the language of `dot` as a picture.
  /// - Throws: `Diagnostic.noGraphviz`, or `.cannotRun` if it fails.
  public static func svg(_ dot: String) async throws -> String {
    guard let tool = find() else { throw Diagnostic.noGraphviz }
    let file = FilePath("/tmp/rayc-\(getpid()).dot")
    try Files.write(dot, to: file)
    defer { Files.remove(file) }
    return try await Tool.output(tool, ["-Tsvg", file.string])
  }

  private static func find() -> FilePath? {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    return path.split(separator: ":").map { FilePath(String($0)).appending("dot") }
      .first { access($0.string, X_OK) == 0 }
  }
}

import Glibc

/// Tells what is built to run during the build (macros, plugins' tools) from what is delivered:
/// the former is compiled and linked as it is.
enum HostTool {
  /// SwiftPM's native build has folders of their own for it: `X-tool.build` and `Modules-tool`.
  private static let nativeModules = "/Modules-tool"
  private static let nativeObjects = "-tool.build/"

  static func compiles(
    _ arguments: [String], module: String, object: String, settings: Settings,
    read: (String) -> [UInt8]?
  ) -> Bool {
    if object.contains(nativeObjects) || isNative(arguments) { return true }
    guard !settings.wantedModules.contains(module),
      let description = BuildGraph.path(forObject: object).flatMap(read)
    else { return false }
    return BuildGraph(json: description).hostModules.contains(module)
  }

  static func isNative(_ arguments: [String]) -> Bool {
    arguments.contains { $0.hasSuffix(nativeModules) }
  }

  /// An executable is a build tool if none of its objects is instrumented: then it needs no
  /// runtime either, and gets none.
  static func links(_ inputs: [String], read: (String) -> [UInt8]?) -> Bool {
    !inputs.contains { input in
      read(input).map { contains(Self.mark, in: $0) } ?? false
    }
  }

  /// Every instrumented object asks for the runtime by this name and a number.
  private static let mark = Array("rayc_abi_".utf8)

  private static func contains(_ pattern: [UInt8], in bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while rest.count >= pattern.count,
        let found = memchr(rest.base.baseAddress! + rest.startIndex, Int32(pattern[0]), rest.count)
      {
        let start = UnsafeRawPointer(found) - buffer.baseAddress!
        rest = buffer[start...]
        if rest.starts(with: pattern) { return true }
        rest = rest.dropFirst()
      }
      return false
    }
  }
}

/// What swiftbuild is about to build, read from the description SwiftPM leaves in the scratch
/// folder (`manifest.pif`), to find what is built for the build itself: macros, plugins' tools
/// and all they are made of.
///
/// swiftbuild compiles a module once for both uses, with nothing in the command to tell.
struct BuildGraph {
  /// The modules of build tools, by name.
  private(set) var hostModules: Set<String> = []

  private static let hostProduct = "com.apple.product-type.tool.host-build"
  private static let targetPrefix = "PACKAGE-TARGET:"

  init(json bytes: [UInt8]) {
    var dependencies: [String: [String]] = [:]
    var waiting: [String] = []
    for object in JSONReader.parse(bytes)?.elements ?? [] {
      guard object["type"]?.text == "target", let contents = object["contents"],
        let guid = contents["guid"]?.text
      else { continue }
      dependencies[guid] = contents["dependencies"]?.elements.compactMap { $0["guid"]?.text } ?? []
      if contents["productTypeIdentifier"]?.text == Self.hostProduct { waiting.append(guid) }
    }
    var seen: Set<String> = []
    while let guid = waiting.popLast() {
      guard seen.insert(guid).inserted else { continue }
      waiting += dependencies[guid] ?? []
      hostModules.insert(Self.module(guid))
    }
  }

  /// `PACKAGE-TARGET:my-tool` and `PACKAGE-PRODUCT:pkg_my-tool.my-tool` are module `my_tool`.
  private static func module(_ guid: String) -> String {
    let name =
      guid.hasPrefix(targetPrefix)
      ? guid.dropFirst(targetPrefix.count)
      : guid[(guid.lastIndex(of: ".") ?? guid.startIndex)...].dropFirst()
    return String(name.map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  /// The description that belongs to an object of swiftbuild's; nil for other build systems.
  static func path(forObject object: String) -> String? {
    guard let found = object.firstRange(of: "/out/Intermediates.noindex/") else { return nil }
    return String(object[..<found.lowerBound]) + "/manifest.pif"
  }
}

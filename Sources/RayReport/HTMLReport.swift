// Stage 7: a profile as one page that needs no network.
import FoundationEssentials

/// A flame graph, a table of functions and the source with what each line cost.
struct HTMLReport {
  private(set) var text: String

  /// Reads the sources that the profile names, as far as they are there.
  init(_ profile: Profile) throws {
    var sources: [String: String] = [:]
    for file in Set(profile.lines.map(\.file)) where file.hasPrefix("/") {
      guard let data = try? Data(contentsOf: URL(filePath: file)), data.count < 4 << 20 else {
        continue
      }
      sources[file] = String(decoding: data, as: UTF8.self)
    }
    struct Content: Encodable { var profile: Profile, sources: [String: String] }
    let content = try ProfileFormat.json(Content(profile: profile, sources: sources))
    // Nothing in the data may end the script that holds it.
    let data = String(decoding: content, as: UTF8.self).split(
      separator: "<", omittingEmptySubsequences: false
    ).joined(separator: "\\u003c")
    text = HTMLPage.begin + data + HTMLPage.end
  }
}

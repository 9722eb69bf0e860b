import RayDriver
import SystemPackage

/// What a shell offers for words that only rayc knows.
enum Completions {
  /// Contexts: those that come with rayc, and the types of contexts in files.
  @Sendable static func contexts(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    contexts(startingWith: prefix, builtIn: Toolkit.ofThisProcess().builtInContexts)
  }

  static func contexts(startingWith prefix: String, builtIn: [String]) -> [String] {
    // An opening quote is part of the word: a context's arguments stand in the same quotes.
    let quote = prefix.first == "'" || prefix.first == "\"" ? String(prefix.prefix(1)) : ""
    let text = prefix.dropFirst(quote.count)
    let slash = text.lastIndex(of: "/")
    let folder = slash.map { String(text[...$0]) } ?? ""
    var found = slash == nil ? builtIn : []
    for name in Files.entries(of: folder.isEmpty ? "." : FilePath(folder))
    where !name.hasPrefix(".") {
      let path = FilePath(folder + name)
      guard (folder + name).hasPrefix(text.prefix { $0 != ":" }), let status = Files.status(path)
      else { continue }
      if status.isDirectory {
        found.append(folder + name + "/")
      } else if name.hasSuffix(".swift"), let source = try? Files.read(path),
        source.contains("import Ray")
      {
        found += ContextDiagnosis.contextTypes(in: source).map { "\(folder)\(name):\($0)" }
      }
    }
    return found.filter { $0.hasPrefix(text) }.map { quote + $0 }
  }

  /// How patterns of functions begin.
  @Sendable static func patterns(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    ["module:", "file:"].filter { $0.hasPrefix(prefix) }
  }

  @Sendable static func triggers(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    (["main"] + patterns(words, index, prefix)).filter { $0.hasPrefix(prefix) }
  }
}

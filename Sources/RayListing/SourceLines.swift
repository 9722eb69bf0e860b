/// The lines of source files, for those who show IR beside its source.
public final class SourceLines {
  private let read: (String) -> String?
  private var files: [String: [Substring]] = [:]

  /// - Parameter read: a file's text; nil if it is not there any more.
  public init(reading read: @escaping (String) -> String?) { self.read = read }

  /// The line at a place, without the blanks in front.
  public func text(at place: SourcePlace) -> String? {
    if files[place.file] == nil {
      files[place.file] =
        read(place.file)?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
    }
    guard let lines = files[place.file], lines.indices.contains(place.line - 1) else { return nil }
    return String(lines[place.line - 1].drop { $0 == " " || $0 == "\t" })
  }
}

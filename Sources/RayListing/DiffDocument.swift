import FoundationEssentials

/// A diff as JSON: for other tools, and for the page that shows it.
public struct DiffDocument: Codable {
  public struct Function: Codable {
    var name: String
    var status: FunctionDiff.Status
    var before: String?
    var after: String?
    var added: Int
    var removed: Int
    /// Each begins with ` `, `-`, `+` or, where it stood elsewhere before, `>`.
    var rows: [String]
    /// For each row, an index of `places`, or -1.
    var places: [Int]
  }

  public struct Place: Codable {
    var file: String
    var line: Int
    /// The source's line, if it was asked for and the file is still there.
    var source: String?
  }

  var before: String
  var after: String
  /// What is left out on both sides.
  var hidden: String
  var unchanged: Int
  var functions: [Function]
  var addedGlobals: [String]
  var removedGlobals: [String]
  var places: [Place]

  /// - Parameter sources: where the lines of the source come from; nil leaves them out.
  public init(
    _ diff: ModuleDiff, before: String, after: String, name: (String) -> String,
    sources: SourceLines? = nil
  ) {
    self.before = before
    self.after = after
    hidden = DiffText.hidden
    unchanged = diff.unchanged
    addedGlobals = diff.addedGlobals
    removedGlobals = diff.removedGlobals
    var numbers: [SourcePlace: Int] = [:]
    var places: [Place] = []
    functions = diff.functions.map { function in
      Function(
        name: name(function.after ?? function.before ?? ""), status: function.status,
        before: function.before, after: function.after, added: function.added,
        removed: function.removed, rows: function.rows.map { $0.sign + $0.text },
        places: function.rows.map { row in
          guard var place = row.place else { return -1 }
          place.column = 0
          if let known = numbers[place] { return known }
          numbers[place] = places.count
          places.append(
            Place(file: place.file, line: place.line, source: sources?.text(at: place)))
          return places.count - 1
        })
    }
    self.places = places
  }

  public var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
  }

  /// The page: a template with the document in it, which its script reads.
  public func html(template: String) throws -> String {
    let mark = "<!--DOCUMENT-->"
    // `</script>` in a string would end the script; JSON may write `<` otherwise.
    let json = try json.split(separator: "<", omittingEmptySubsequences: false)
      .joined(separator: "\\u003c")
    guard let found = template.firstRange(of: mark) else { return template }
    return template[..<found.lowerBound] + json + template[found.upperBound...]
  }
}

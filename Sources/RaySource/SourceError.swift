/// Why a function cannot be written as Swift.
public struct SourceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The construct, named, and what can be done.
  public var reason: String
  /// The function that has it, as Swift names it.
  public var function: String
  /// Where the source has it: `file:line:column`, if debug information says so.
  public var location: String?
  /// The line of the SIL.
  public var line: Int?

  public init(
    _ reason: String, function: String = "", location: String? = nil, line: Int? = nil
  ) {
    self.reason = reason
    self.function = function
    self.location = location
    self.line = line
  }

  public var description: String {
    var text = function.isEmpty ? "" : "'\(function)' cannot be written as Swift: "
    text += reason
    if let location { text += ", at \(location)" }
    if let line { text += " (line \(line) of its SIL)" }
    return text
  }
}

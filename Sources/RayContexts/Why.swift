// Stage 5: the context `why`: where a value was made first, and its way from there.
import Ray

/// Follows a value: the operation that made it first, and the lines that it went through up to
/// where it was seen.
///
/// `-W 'why --value NaN'`; `rayc why` is a command of its own. A tag is the number of a step in a
/// table; each value that is equal to the one in question has one.
///
/// Cost: a call for each operation, load and call; a lock for those with the value.
struct Why: ConfigurableContext, TaggingContext {
  private let wanted: WhyValue

  init(arguments: [String]) throws { wanted = try WhyOptions.shared(arguments).value }

  static var tagsAllOperations: Bool { true }

  mutating func tag(of operation: TagOperation) -> Tag {
    guard wanted.isEqual(to: operation.result) else { return .none }
    return WhySteps.shared.note(
      .operation, operation.site, behind: origin(operation.count) { operation.operand($0) }
    ) { WhyText.text(of: operation) }
  }

  // What a number's bits lie in for a while, such as an Optional's payload, is not equal to it.
  mutating func tag(ofResult value: TaggedValue, at site: Site) -> Tag {
    guard wanted.isEqual(to: value) else { return value.tag }
    return WhySteps.shared.note(.result, site, behind: value.tag) {
      "\(site.shortCallee) = \(value)"
    }
  }

  mutating func tag(
    ofLoad value: TaggedValue, from address: UnsafeRawPointer, at site: Site
  ) -> Tag {
    guard wanted.isEqual(to: value) else { return value.tag }
    if site.line == 0, !value.tag.isNone { return value.tag }
    return WhySteps.shared.note(.load, site, behind: value.tag) {
      site.variable.map { "\($0) = \(value)" } ?? "\(value)"
    }
  }

  mutating func argument(_ value: TaggedValue, _ index: Int, at site: Site) {
    guard !value.tag.isNone, wanted.isEqual(to: value) else { return }
    _ = WhySteps.shared.note(.argument, site, behind: value.tag) {
      "\(value) to \(site.shortCallee)"
    }
  }

  mutating func tag(ofPrimitive call: TaggedCall) -> Tag {
    guard wanted.isEqual(to: call.result) else { return .none }
    return WhySteps.shared.note(
      .result, call.site, behind: origin(call.count) { call.argument($0) }
    ) { "\(call.site.shortCallee) = \(call.result)" }
  }

  mutating func finish() { WhyReport(WhySteps.shared, WhyOptions.current).write() }

  /// The step of the first value with one.
  private func origin(_ count: Int, _ value: (Int) -> TaggedValue) -> Tag {
    for index in 0..<count {
      let tag = value(index).tag
      if !tag.isNone { return tag }
    }
    return .none
  }
}

/// The value in question.
struct WhyValue: Sendable {
  private enum Kind { case nan, number, truth }
  private let kind: Kind
  private let number: Double
  private let integer: Int?
  let text: String

  /// - Throws: What is wrong with the text.
  init(_ text: String) throws {
    self.text = text
    switch text.lowercased() {
    case "nan", "-nan": (kind, number, integer) = (.nan, 0, nil)
    case "true": (kind, number, integer) = (.truth, 1, 1)
    case "false": (kind, number, integer) = (.truth, 0, 0)
    default:
      let digits = text.filter { $0 != "_" }
      guard let value = Double(digits) else {
        throw _ContextProblem(
          "'\(text)' is no value that can be followed; write a number, 'NaN', 'inf', 'true' or "
            + "'false'")
      }
      (kind, number, integer) = (.number, value, Int(digits) ?? Int(exactly: value))
    }
  }

  func isEqual(to value: TaggedValue) -> Bool {
    switch (kind, value.type) {
    case (.nan, .double): Double(bitPattern: value.bits).isNaN
    case (.nan, .float): value.double.isNaN
    case (.number, .double): Double(bitPattern: value.bits) == number
    case (.number, .float):
      Float(bitPattern: UInt32(truncatingIfNeeded: value.bits)) == Float(number)
    case (.number, .int8), (.number, .int16), (.number, .int32), (.number, .int64):
      value.int == integer
    case (.truth, .int1): value.bool == (integer == 1)
    default: false
    }
  }
}

struct WhyOptions: Sendable {
  var value: WhyValue
  /// Where it was seen: a file's end, and a line.
  var place: (file: String, line: Int)?
  var file: String?

  nonisolated(unsafe) private static var parsed: WhyOptions?
  static var current: WhyOptions { parsed! }

  /// The options, parsed once: by the main thread, before the program runs.
  static func shared(_ arguments: [String]) throws -> WhyOptions {
    if let parsed { return parsed }
    let options = try WhyOptions(arguments)
    parsed = options
    return options
  }

  private init(_ words: [String]) throws {
    var words = _ContextArguments(words, known: "--value VALUE, --at FILE:LINE and -o FILE")
    var value: WhyValue?
    while let word = words.next() {
      switch word {
      case "--value": value = try WhyValue(words.value(of: word))
      case "--at": place = try Self.place(words.value(of: word))
      case "-o": file = _outputPath(try words.value(of: word))
      default: throw words.unknown(word)
      }
    }
    guard let value else {
      throw _ContextProblem("which value? write it behind '--value', as in '--value NaN'")
    }
    self.value = value
  }

  private static func place(_ text: String) throws -> (file: String, line: Int) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let line = Int(parts[1]), line > 0 else {
      throw _ContextProblem("'--at' takes FILE:LINE, not '\(text)'")
    }
    return (String(parts[0]), line)
  }
}

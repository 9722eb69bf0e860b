// Stage 5: the context `trace`: every call with its values, while the program runs.
import Glibc
import Ray

/// Writes the program's calls as an indented tree, each with its arguments and its result, and the
/// operators between them.
///
/// `-W trace`, `-W 'trace --loads -o FILE'`; `rayc trace` is a command of its own.
///
/// Cost: microseconds an event: each is a line that is written at once.
struct Trace: ConfigurableContext {
  private var tree = CallTree()

  init(arguments: [String]) throws { _ = try TraceOptions.shared(arguments) }

  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    tree.begin(site, arguments)
  }

  mutating func result<T>(_ value: T, of site: Site) -> T {
    tree.result(site) { TraceValues.text(of: value, site) }
    return value
  }

  mutating func didCall(_ site: Site, _ outcome: Outcome) {
    if case .threw(let error) = outcome {
      tree.end(site, error: TraceValues.text(ofAny: error))
    } else {
      tree.end(site, error: nil)
    }
  }

  mutating func didEnter(_ function: Site) { tree.enter(function) }
  mutating func willLeave(_ function: Site) { tree.leave(function) }

  mutating func load<T>(_ value: T, at site: Site) -> T {
    guard TraceOptions.current.loads, site.typing == .exact, site.line > 0 else { return value }
    tree.note(.load, site, (site.variable ?? "a value") + " → " + TraceValues.text(of: value, site))
    return value
  }

  mutating func operation<T>(_ result: T, of site: Site, _ operands: Arguments) -> T {
    guard TraceOptions.current.operators else { return result }
    let text = TraceValues.text(of: operands, operator: site)
    tree.note(.operation, site, "\(text) = \(TraceValues.text(of: result, site))")
    return result
  }

  mutating func finish() { TraceOutput.shared.endLine() }
}

struct TraceOptions: Sendable {
  enum Format { case text, json }
  var file: String?
  var format = Format.text
  var loads = false
  var values = true
  var operators = true
  var runtime = false
  var locations = true
  var length = 60
  var color = "auto"

  nonisolated(unsafe) private static var parsed: TraceOptions?
  static var current: TraceOptions { parsed ?? TraceOptions() }

  /// The options, parsed once: by the main thread, before the program runs.
  static func shared(_ arguments: [String]) throws -> TraceOptions {
    if let parsed { return parsed }
    let options = try TraceOptions(arguments)
    parsed = options
    try TraceOutput.shared.open(options)
    return options
  }

  private init() {}

  private init(_ arguments: [String]) throws {
    var arguments = _ContextArguments(
      arguments,
      known: "-o FILE, --format text|json, --loads, --runtime, --no-args, --no-operators, "
        + "--no-locations, --length N and --color auto|always|never")
    while let argument = arguments.next() {
      switch argument {
      case "-o": file = _outputPath(try arguments.value(of: argument))
      case "--format":
        format = try arguments.choice(of: argument, ["text", "json"]) == "json" ? .json : .text
      case "--loads": loads = true
      case "--runtime": runtime = true
      case "--no-args": values = false
      case "--no-operators": operators = false
      case "--no-locations": locations = false
      case "--length": length = max(8, try arguments.number(of: argument))
      case "--color": color = try arguments.choice(of: argument, ["auto", "always", "never"])
      default: throw arguments.unknown(argument)
      }
    }
  }
}

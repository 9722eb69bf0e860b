// Stage 5: the context `record`: every event goes to a file, in the order in which it happened.
// Documentation/Recording.md describes the file; `rayc report`, `replay` and `export` read it.
import CTape
import Glibc
import Ray

/// Writes every call, return and load and every function's beginning and end to a file; a store of
/// two bytes for each.
///
/// `-W record`, `-W 'record -o FILE --max-size 1G'`; `rayc record` is a command of its own. What is
/// not asked for is not compiled: `--time` takes a time at calls and returns, `--stores`,
/// `--operators` and `--runtime` record these points, `--values` values; `--no-loads` leaves loads
/// out.
struct Record: ConfigurableContext {
  private var tape: ray_tape

  init(arguments: [String]) throws {
    try Recording.begin(arguments)
    tape = rayc_tape_open()
  }

  @inline(__always)
  private mutating func put(_ site: Site, _ outcome: Int = RAY_TAPE_HAPPENED) {
    ray_tape_put(&tape, unsafeBitCast(site, to: UnsafeRawPointer.self), UInt(outcome))
  }

  @inline(__always)
  private mutating func putCall(_ site: Site, _ outcome: Int) {
    let record = unsafeBitCast(site, to: UnsafeRawPointer.self)
    #if RAYC_TIME
      ray_tape_put_timed(&tape, record, UInt(outcome))
    #else
      ray_tape_put(&tape, record, UInt(outcome))
    #endif
  }

  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    putCall(site, RAY_TAPE_HAPPENED)
    #if RAYC_VALUES
      attachArguments(arguments, at: site)
    #endif
  }

  mutating func _didCall(_ site: Site, _ error: UnsafeRawPointer?) {
    putCall(site, error == nil ? RAY_TAPE_RETURNED : RAY_TAPE_THREW)
    #if RAYC_VALUES
      attach(returned, at: site)
      returned = nil
    #endif
  }

  #if RAYC_VALUES
    /// The result that `didCall` is about.
    private var returned: String?

    mutating func result<T>(_ value: T, of site: Site) -> T {
      returned = Recording.text(of: value)
      return value
    }
  #endif

  mutating func didEnter(_ function: Site) { put(function) }
  mutating func willLeave(_ function: Site) { put(function, RAY_TAPE_RETURNED) }

  #if !RAYC_NO_LOADS
    mutating func load<T>(_ value: T, at site: Site) -> T {
      put(site)
      #if RAYC_VALUES
        attach(Recording.text(of: value), at: site)
      #endif
      return value
    }
  #endif

  #if RAYC_STORES
    mutating func store<T>(_ value: T, at site: Site) -> T {
      put(site)
      #if RAYC_VALUES
        attach(Recording.text(of: value), at: site)
      #endif
      return value
    }
  #endif

  #if RAYC_OPERATORS
    mutating func operation<T>(_ result: T, of site: Site, _ operands: Arguments) -> T {
      put(site)
      #if RAYC_VALUES
        attach(Recording.text(of: result), at: site)
      #endif
      return result
    }
  #endif

  #if RAYC_RUNTIME
    mutating func runtime(_ operation: RuntimeOperation, at site: Site) {
      put(site)
    }
  #endif

  mutating func merge(_ other: Record) { rayc_tape_close(other.tape) }

  func finish() { Recording.finish() }
}

#if RAYC_VALUES
  extension Record {
    /// Writes a value as text behind the event that it belongs to.
    private mutating func attach(_ text: String?, at site: Site) {
      guard var text else { return }
      if Recording.redacts(site) {
        tape.cursor = rayc_tape_attach(tape.cursor, UInt16(RAY_TAPE_REDACTED), nil, 0)
        return
      }
      tape.cursor = text.withUTF8 { bytes in
        rayc_tape_attach(tape.cursor, UInt16(RAY_TAPE_VALUE), bytes.baseAddress, bytes.count)
      }
    }

    private mutating func attachArguments(_ arguments: Arguments, at site: Site) {
      for index in arguments.indices {
        let label = arguments.label(at: index).map { "\($0): " } ?? ""
        attach(label + Recording.text(of: arguments[index]), at: site)
      }
      if let receiver = arguments.receiver {
        attach("self: " + Recording.text(of: receiver), at: site)
      }
    }
  }
#endif

// The recording --------------------------------------------------------------------

/// The file that all threads write to, and what the user wants it to be.
private struct Recording {
  private var path = "rayc.data"
  private var options = ray_tape_options()
  private var redacted: [String] = []

  nonisolated(unsafe) private static var current: Recording?

  /// Begins it: the first thread does, before the program runs.
  static func begin(_ arguments: [String]) throws {
    if current != nil { return }
    var recording = try Recording(arguments)
    try recording.start(arguments)
    current = recording
  }

  /// Ends it. What cut it short is said here, since the program did not fail.
  static func finish() {
    let problem = rayc_tape_finish()
    guard let recording = current, problem != 0, problem != RAY_TAPE_FULL, problem != RAY_TAPE_LATE
    else { return }
    let reason = String(cString: strerror(problem))
    _write("rayc: '\(recording.path)' holds only the beginning: \(reason)\n", to: 2)
  }

  private init(_ arguments: [String]) throws {
    var arguments = _ContextArguments(
      arguments,
      known: "-o FILE, --time, --values, --redact RULE, --no-loads, --stores, --operators, "
        + "--runtime, --max-size SIZE, --max-time TIME and --last SIZE")
    while let argument = arguments.next() {
      switch argument {
      case "--time": options.is_timed = 1
      case "--values", "--no-loads", "--stores", "--operators", "--runtime": break
      case "-o": path = try arguments.value(of: argument)
      case "--max-size": options.maximal_bytes = try Self.size(argument, &arguments)
      case "--last": options.last_bytes = max(1 << 20, try Self.size(argument, &arguments))
      case "--max-time": options.maximal_seconds = try Self.seconds(argument, &arguments)
      case "--redact": redacted.append(try arguments.value(of: argument))
      default: throw arguments.unknown(argument)
      }
    }
    path = _outputPath(path)
  }

  private mutating func start(_ arguments: [String]) throws {
    let text = arguments.joined(separator: " ")
    let problem = path.withCString { path in
      text.withCString { text in
        // Kept for good: a limit is asked for at each block.
        options.path = UnsafePointer(strdup(path))
        options.arguments = UnsafePointer(strdup(text))
        return rayc_tape_begin(&options)
      }
    }
    if problem != 0 {
      throw _ContextProblem("cannot write '\(path)': \(String(cString: strerror(problem)))")
    }
  }

  /// `100M`: bytes.
  private static func size(
    _ argument: String, _ arguments: inout _ContextArguments
  ) throws -> UInt64 {
    let text = try arguments.value(of: argument)
    let units: [Character: UInt64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
    let unit = text.last.flatMap { units[Character($0.uppercased())] }
    guard let number = UInt64(unit == nil ? text : String(text.dropLast())), number > 0,
      case (let bytes, false) = number.multipliedReportingOverflow(by: unit ?? 1)
    else { throw _ContextProblem("'\(argument)' takes a size such as 64M or 10G, not '\(text)'") }
    return bytes
  }

  /// `90s`, `10m`, `1h`: seconds.
  private static func seconds(
    _ argument: String, _ arguments: inout _ContextArguments
  ) throws -> UInt64 {
    let text = try arguments.value(of: argument)
    let units: [Character: UInt64] = ["s": 1, "m": 60, "h": 3600]
    let unit = text.last.flatMap { units[$0] }
    guard let number = UInt64(unit == nil ? text : String(text.dropLast())), number > 0,
      number < 1 << 32
    else {
      throw _ContextProblem("'\(argument)' takes a time such as 90s, 10m or 1h, not '\(text)'")
    }
    return number * (unit ?? 1)
  }
}

// Values -------------------------------------------------------------------------

#if RAYC_VALUES
  extension Recording {
    /// A value as Swift shows it, cut at a length.
    static func text<T>(of value: T) -> String { shortText(of: value) }

    /// Whether a site's values are not to be written down.
    static func redacts(_ site: Site) -> Bool {
      guard let rules = current?.redacted, !rules.isEmpty else { return false }
      return rules.contains { Redaction($0).applies(to: site) }
    }
  }

  /// `Account.*`, `*password*`, `file:Secrets.swift`, `module:Vault`, `variable:key`.
  private struct Redaction {
    private let part: Substring
    private let pattern: Substring

    init(_ rule: String) {
      let pieces = rule.split(separator: ":", maxSplits: 1)
      let parts: Set<Substring> = ["file", "module", "variable", "function"]
      if pieces.count == 2, parts.contains(pieces[0]) {
        (part, pattern) = (pieces[0], pieces[1])
      } else {
        (part, pattern) = ("function", rule[...])
      }
    }

    func applies(to site: Site) -> Bool {
      switch part {
      case "file": matches(site.file) || matches(site.location)
      case "module": matches(site.module)
      case "variable": site.variable.map(matches) ?? false
      default:
        [site.function, site.shortFunction, site.callee, site.shortCallee].contains(where: matches)
          || site.variable.map(matches) ?? false
      }
    }

    private func matches(_ text: String) -> Bool {
      // A name without a wildcard may be a part of the whole: `Account.secret`.
      let whole = pattern.contains("*") ? String(pattern) : "*\(pattern)*"
      return fnmatch(whole, text, 0) == 0
    }
  }
#endif

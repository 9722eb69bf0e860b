// Stage 5: the context `count`: how often every call and load happened.
import Glibc
import Ray

/// Counts the events of every site; at the end prints totals and the busiest sites on
/// stderr, or writes all of them to a file.
///
/// `-W count`, `-W 'count --top 50'`, `-W 'count --json FILE'`.
struct Count: ConfigurableContext {
  private var counts = SiteCounters()

  init(arguments: [String]) throws { _ = try Options.shared(arguments) }

  mutating func willCall(_ site: Site, _ arguments: Arguments) { counts.add(1, at: site.index) }

  mutating func load<T>(_ value: T, at site: Site) -> T {
    counts.add(1, at: site.index)
    return value
  }

  mutating func merge(_ other: Count) { counts.merge(other.counts) }

  mutating func finish() {
    let result = CountResult(counts)
    guard let options = try? Options.shared([]) else { return }
    guard let file = options.file else {
      write(result.table(top: options.top, width: terminalWidth()), to: 2)
      return
    }
    if let problem = replace(file, with: result.json()) {
      write("rayc: cannot write '\(file)': \(problem)\n", to: 2)
    }
  }
}

// Arguments -----------------------------------------------------------------------

private struct Options: Sendable {
  var file: String?
  var top = 20

  nonisolated(unsafe) private static var parsed: Options?

  /// The options, parsed once: by the main thread, before the program runs.
  static func shared(_ arguments: [String]) throws -> Options {
    if let parsed { return parsed }
    let options = try Options(arguments)
    parsed = options
    return options
  }

  private init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument == "--json" || argument == "--top" else {
        throw Problem("unknown argument '\(argument)'; it takes --json FILE and --top N")
      }
      guard let value = rest.popFirst() else { throw Problem("'\(argument)' needs a value") }
      if argument == "--json" {
        file = absolute(value)
      } else {
        guard let top = Int(value), top >= 0 else {
          throw Problem("'--top' takes a number, not '\(value)'")
        }
        self.top = top
      }
    }
  }
}

private struct Problem: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// A path that still holds when the program has changed its working directory.
private func absolute(_ path: String) -> String {
  guard !path.hasPrefix("/"), let directory = getcwd(nil, 0) else { return path }
  defer { free(directory) }
  return String(cString: directory) + "/" + path
}

// Counters ------------------------------------------------------------------------

/// A counter for every site, by its index; grows when an image is loaded.
private struct SiteCounters {
  private var counters = UnsafeMutableBufferPointer<UInt64>(start: nil, count: 0)

  @inline(__always)
  mutating func add(_ number: UInt64, at index: Int) {
    if index >= counters.count { grow(to: index) }
    counters[index] &+= number
  }

  @inline(never)
  private mutating func grow(to index: Int) {
    let larger = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: max(index + 1, Site.count))
    larger.initialize(repeating: 0)
    for index in counters.indices { larger[index] = counters[index] }
    counters.deallocate()
    counters = larger
  }

  mutating func merge(_ other: SiteCounters) {
    for (index, number) in other.counters.enumerated() where number > 0 { add(number, at: index) }
    other.counters.deallocate()
  }

  var nonZero: [(site: Site, count: UInt64)] {
    counters.enumerated().compactMap { index, number in
      number > 0 ? Site(index: index).map { ($0, number) } : nil
    }
  }
}

// What is shown -------------------------------------------------------------------

private struct CountResult {
  /// The busiest first; equal ones in the order of their ids.
  let rows: [(site: Site, count: UInt64)]
  var totals: [Site.Kind: UInt64] = [:]

  init(_ counters: SiteCounters) {
    // A function that several objects have leaves a record in each; the id is the same.
    var byId: [UInt64: (site: Site, count: UInt64)] = [:]
    for (site, count) in counters.nonZero {
      byId[site.id, default: (site, 0)].count += count
      totals[site.kind, default: 0] += count
    }
    rows = byId.values.sorted { ($1.count, $0.site.id) < ($0.count, $1.site.id) }
  }

  func table(top: Int, width: Int) -> String {
    func total(_ kind: Site.Kind) -> String { grouped(totals[kind] ?? 0) }
    var text = "rayc count: \(total(.call)) calls, \(total(.runtimeCall)) runtime calls, "
    text += "\(total(.load)) loads\n"
    let shown = rows.prefix(top)
    guard let busiest = shown.first else { return text }
    let countWidth = max(5, grouped(busiest.count).utf8.count)
    let placeWidth = min(30, max(4, shown.map { $0.site.location.count }.max()!))
    text += "\n\(padded("count", -countWidth))  kind     \(padded("site", placeWidth))  what\n"
    for (site, count) in shown {
      let line =
        "\(padded(grouped(count), -countWidth))  \(padded(site.kind.name, 7))  "
        + "\(padded(shortened(site.location, placeWidth), placeWidth))  \(what(site))"
      text += shortened(line, width) + "\n"
    }
    let hidden = rows.count - shown.count
    if hidden > 0 { text += "and \(grouped(UInt64(hidden))) more sites (--top N, --json FILE)\n" }
    return text
  }

  private func what(_ site: Site) -> String {
    switch site.kind {
    case .load, .store: "\(site.variable ?? "a value") in \(site.shortFunction)"
    case .call, .runtimeCall, .operation, .runtime: "\(site.shortCallee) from \(site.shortFunction)"
    }
  }

  func json() -> String {
    func total(_ kind: Site.Kind) -> UInt64 { totals[kind] ?? 0 }
    var text = """
      {
        "schemaVersion": 1,
        "totals": {"calls": \(total(.call)), "runtimeCalls": \(total(.runtimeCall)), \
      "loads": \(total(.load))},
        "sites": [
      """
    var separator = "\n"
    for (site, count) in rows {
      text += separator
      text += """
            {"id": "\(hexadecimal(site.id))", "kind": "\(site.kind)", \
        "function": \(quoted(site.function)), "functionMangled": \(quoted(site.functionMangled)), \
        "callee": \(quoted(site.callee)), "calleeMangled": \(quoted(site.calleeMangled)), \
        "file": \(quoted(site.file)), "line": \(site.line), "column": \(site.column), \
        "count": \(count)}
        """
      separator = ",\n"
    }
    return text + "\n  ]\n}\n"
  }
}

extension Site.Kind {
  fileprivate var name: String {
    switch self {
    case .call: "call"
    case .runtimeCall: "runtime"
    case .load: "load"
    case .store, .operation, .runtime: "\(self)"
    }
  }
}

private func shortened(_ text: String, _ width: Int) -> String {
  text.count <= width ? text : text.prefix(width - 1) + "…"
}

/// Fills up to a width: on the right, or on the left where it is negative.
private func padded(_ text: String, _ width: Int) -> String {
  let space = String(repeating: " ", count: max(0, abs(width) - text.count))
  return width < 0 ? space + text : text + space
}

/// `1234567` as `1,234,567`.
private func grouped(_ number: UInt64) -> String {
  var digits = Array(String(number))
  for index in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: index) }
  return String(digits)
}

private func hexadecimal(_ id: UInt64) -> String {
  let digits = String(id, radix: 16)
  return "0x" + String(repeating: "0", count: 16 - digits.count) + digits
}

/// A JSON string. The program may not use Foundation, so neither may its contexts.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\0"..<" ":
      result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

private func terminalWidth() -> Int {
  var size = winsize()
  guard isatty(2) == 1, ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 200 }
  return max(40, Int(size.ws_col))
}

/// Replaces a file in one step. Returns what went wrong, or nil.
private func replace(_ file: String, with text: String) -> String? {
  let temporary = "\(file).\(getpid())"
  let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o644)
  guard descriptor >= 0 else { return String(cString: strerror(errno)) }
  let isWritten = write(text, to: descriptor)
  guard isWritten, close(descriptor) == 0, rename(temporary, file) == 0 else {
    let problem = String(cString: strerror(errno))
    unlink(temporary)
    return problem
  }
  return nil
}

@discardableResult
private func write(_ text: String, to descriptor: Int32) -> Bool {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    if written < 0 {
      if errno == EINTR { continue }
      return false
    }
    bytes = bytes.dropFirst(written)
  }
  return true
}

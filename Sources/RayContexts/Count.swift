// Stage 5: the context `count`: how often every call and load happened.
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
      _write(result.table(top: options.top, width: _terminalWidth()), to: 2)
      return
    }
    if let problem = _replace(file, with: result.json()) {
      _write("rayc: cannot write '\(file)': \(problem)\n", to: 2)
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
    var arguments = _ContextArguments(arguments, known: "--json FILE and --top N")
    while let argument = arguments.next() {
      switch argument {
      case "--json": file = _outputPath(try arguments.value(of: argument))
      case "--top": top = try arguments.number(of: argument)
      default: throw arguments.unknown(argument)
      }
    }
  }
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
    func total(_ kind: Site.Kind) -> String { _grouped(totals[kind] ?? 0) }
    var text = "rayc count: \(total(.call)) calls, \(total(.runtimeCall)) runtime calls, "
    text += "\(total(.load)) loads\n"
    let shown = rows.prefix(top)
    guard let busiest = shown.first else { return text }
    let countWidth = max(5, _grouped(busiest.count).utf8.count)
    let placeWidth = min(30, max(4, shown.map { $0.site.location.count }.max()!))
    text += "\n\(padded("count", -countWidth))  kind     \(padded("site", placeWidth))  what\n"
    for (site, count) in shown {
      let line =
        "\(padded(_grouped(count), -countWidth))  \(padded(site.kind.name, 7))  "
        + "\(padded(shortened(site.location, placeWidth), placeWidth))  \(what(site))"
      text += shortened(line, width) + "\n"
    }
    let hidden = rows.count - shown.count
    if hidden > 0 { text += "and \(_grouped(UInt64(hidden))) more sites (--top N, --json FILE)\n" }
    return text
  }

  private func what(_ site: Site) -> String {
    switch site.kind {
    case .load, .store: "\(site.variable ?? "a value") in \(site.shortFunction)"
    case .function: site.shortFunction
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
        "function": \(_quoted(site.function)), "functionMangled": \(_quoted(site.functionMangled)), \
        "callee": \(_quoted(site.callee)), "calleeMangled": \(_quoted(site.calleeMangled)), \
        "file": \(_quoted(site.file)), "line": \(site.line), "column": \(site.column), \
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
    case .store, .operation, .runtime, .function: "\(self)"
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

private func hexadecimal(_ id: UInt64) -> String {
  let digits = String(id, radix: 16)
  return "0x" + String(repeating: "0", count: 16 - digits.count) + digits
}

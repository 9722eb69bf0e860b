// Stage 5: the JSON that `profile` leaves.
import CRay
import Glibc
import Ray

/// The JSON of a profile.
struct ProfileText {
  private let thread: ThreadProfile
  /// Functions by their symbol; by their name where they are known by that only.
  private var functions: [String: Int] = [:]
  private var functionTexts: [String] = []
  private var isPrimitive: [Bool] = []
  private(set) var text = ""

  init(_ thread: ThreadProfile) {
    self.thread = thread
    let nodes = nodeTexts()
    let links = linkTexts()
    let (lines, calls) = lineTexts()
    let threads = thread.threads.sorted { $0.number < $1.number }.map {
      "{\"number\": \($0.number), \"name\": \(_quoted($0.name)), \"ticks\": \($0.ticks)}"
    }
    let price = ProfileClock.function
    text = """
      {"schemaVersion": 1, "program": \(_quoted(Self.program)),
      "functions": [\(Self.list(functionTexts))],
      "nodes": [\(Self.list(nodes))],
      "links": [\(Self.list(links))],
      "lines": [\(Self.list(lines))],
      "threads": [\(Self.list(threads))],
      "clock": {"ticksPerSecond": \(ProfileClock.frequency()), \
      "ticksPerCall": \(price.inside + price.outside), "residualTicks": \(ProfileClock.residual)},
      "unseen": {"primitiveCalls": \(primitiveCalls), "runtimeCalls": \(calls), \
      "tailCalls": \(thread.tailCalls), "unfinishedCalls": \(thread.unfinished)}}

      """
  }

  private static func list(_ items: [String]) -> String {
    items.isEmpty ? "" : "\n" + items.joined(separator: ",\n")
  }

  private static var program: String {
    let path = CommandLine.arguments.first ?? ""
    return path.split(separator: "/").last.map(String.init) ?? path
  }

  private var primitiveCalls: UInt64 {
    (0..<thread.nodes.count).reduce(0) {
      let node = thread.nodes.base[$1]
      return $0 + (node.function < -1 ? node.calls : 0)
    }
  }

  private mutating func function(_ function: Int32) -> Int {
    guard function != -1 else { return -1 }
    let symbol = ProfileSymbols.whole(function)
    if let known = functions[symbol] {
      // A callee of one name may be a primitive here and have a body there.
      if function >= 0, isPrimitive[known] {
        isPrimitive[known] = false
        functionTexts[known] = functionText(symbol, Site(index: Int(function)))
      }
      return known
    }
    functions[symbol] = functionTexts.count
    functionTexts.append(
      functionText(
        symbol, function >= 0 ? Site(index: Int(function)) : nil, isPrimitive: function < 0))
    isPrimitive.append(function < 0)
    return functionTexts.count - 1
  }

  private func functionText(
    _ symbol: String, _ site: Site?, isPrimitive: Bool = false
  ) -> String {
    let names = _names(of: symbol)
    let place = site.flatMap { $0.line > 0 ? "\"file\": \(_quoted($0.file)), " : nil } ?? ""
    return "{\"symbol\": \(_quoted(symbol)), \"name\": \(_quoted(names.name)), "
      + "\"shortName\": \(_quoted(names.short)), \(place)\"line\": \(site?.line ?? 0), "
      + "\"isPrimitive\": \(isPrimitive)}"
  }

  private mutating func nodeTexts() -> [String] {
    (0..<thread.nodes.count).map { index in
      let node = thread.nodes.base[index]
      return "{\"parent\": \(node.parent), \"function\": \(function(node.function)), "
        + "\"calls\": \(calls(of: Int32(index))), \"selfTicks\": \(max(0, node.own)), "
        + "\"totalTicks\": \(max(0, node.total)), \"memory\": {\"retains\": \(node.retains), "
        + "\"releases\": \(node.releases), \"allocations\": \(node.allocations), "
        + "\"allocatedBytes\": \(node.bytes)}}"
    }
  }

  /// Without async functions that only go on.
  private func calls(of node: Int32) -> UInt64 {
    (0..<thread.links.count).reduce(0) {
      let link = thread.links.base[$1]
      return link.callee == node && link.via < 0 && !link.isResumption ? $0 + link.calls : $0
    }
  }

  private func linkTexts() -> [String] {
    (0..<thread.links.count).compactMap { index in
      let link = thread.links.base[index]
      guard link.calls > 0, !link.isResumption, link.via < 0 else { return nil }
      let site = link.site >= 0 ? Site(index: Int(link.site)) : nil
      let place = site.flatMap { $0.line > 0 ? "\"file\": \(_quoted($0.file)), " : nil } ?? ""
      return "{\"caller\": \(link.caller), \"callee\": \(link.callee), \(place)"
        + "\"line\": \(site?.line ?? 0), \"calls\": \(link.calls), "
        + "\"ticks\": \(max(0, link.total))}"
    }
  }

  private struct Line {
    var calls: UInt64 = 0, loads: UInt64 = 0, ticks: Int64 = 0
    var retains: UInt64 = 0, releases: UInt64 = 0, allocations: UInt64 = 0, bytes: UInt64 = 0
  }
  private struct Place: Hashable {
    var symbol: String, file: String, line: Int
  }

  /// The lines, and how many calls of the runtime there were.
  private mutating func lineTexts() -> ([String], UInt64) {
    var ticks: [Int32: Int64] = [:]
    for index in 0..<thread.links.count where thread.links.base[index].via < 0 {
      ticks[thread.links.base[index].site, default: 0] += thread.links.base[index].total
    }
    var lines: [Place: Line] = [:]
    var runtimeCalls: UInt64 = 0
    for index in 0..<thread.sites.count {
      let (events, bytes) = thread.sites.counts[index]
      guard events > 0, let site = Site(index: index) else { continue }
      let frame = site.inlinedIn.first
      let symbol = frame?.functionMangled ?? site.functionMangled
      let place = Place(
        symbol: ProfileSymbols.resumed(symbol) ?? symbol, file: site.line > 0 ? site.file : "",
        line: site.line)
      switch site.kind {
      case .call:
        lines[place, default: Line()].calls += events
        lines[place]!.ticks += ticks[Int32(index)] ?? 0
      case .runtimeCall: runtimeCalls += events
      case .load: lines[place, default: Line()].loads += events
      case .runtime:
        let callee = site.calleeMangled
        if callee.contains("etain") || callee.hasPrefix("swift_weak") {
          lines[place, default: Line()].retains += events
        } else if callee.contains("elease") {
          lines[place, default: Line()].releases += events
        } else {
          lines[place, default: Line()].allocations += events
          lines[place]!.bytes += bytes
        }
      case .store, .operation, .function: break
      }
    }
    let sorted = lines.sorted {
      ($0.key.file, $0.key.line, $0.key.symbol) < ($1.key.file, $1.key.line, $1.key.symbol)
    }
    return (sorted.map { lineText($0.key, $0.value) }, runtimeCalls)
  }

  private mutating func lineText(_ place: Place, _ line: Line) -> String {
    "{\"function\": \(inlined(place.symbol)), \"file\": \(_quoted(place.file)), "
      + "\"line\": \(place.line), \"calls\": \(line.calls), \"loads\": \(line.loads), "
      + "\"calledTicks\": \(max(0, line.ticks)), \"memory\": {\"retains\": \(line.retains), "
      + "\"releases\": \(line.releases), \"allocations\": \(line.allocations), "
      + "\"allocatedBytes\": \(line.bytes)}}"
  }

  /// A function that may be known by what was inlined of it only.
  private mutating func inlined(_ symbol: String) -> Int {
    if let known = functions[symbol] { return known }
    functions[symbol] = functionTexts.count
    functionTexts.append(functionText(symbol, nil, isPrimitive: false))
    isPrimitive.append(false)
    return functionTexts.count - 1
  }
}

// Stage 7: the format of callgrind, for callgrind_annotate and KCachegrind.

/// A profile as callgrind writes it: times, loads and memory by line; calls with their callee's
/// whole time.
struct CallgrindWriter {
  private let profile: Profile
  private var seen: Set<String> = []
  private(set) var text = ""

  init(_ profile: Profile) {
    self.profile = profile
    text = """
      # callgrind format
      version: 1
      creator: rayc
      cmd: \(profile.program)
      positions: line
      events: ns Loads Retains Releases Allocations Bytes

      """
    writeFunctions()
  }

  private mutating func writeFunctions() {
    let costs = profile.functionCosts
    let edges = Dictionary(grouping: profile.edges, by: \.caller)
    let lines = Dictionary(grouping: profile.lines, by: \.function)
    let links = Dictionary(grouping: profile.links) { profile.nodes[$0.caller].function }
    for function in [-1] + Array(profile.functions.indices) {
      let isEmpty = function >= 0 && costs[function].calls == 0 && lines[function] == nil
      if isEmpty && edges[function] == nil { continue }
      text += "\nfl=\(file(function))\nfn=\(name(function))\n"
      if function >= 0 {
        text += "\(profile.functions[function].line) "
        text += "\(profile.nanoseconds(costs[function].selfTicks)) 0 0 0 0 0\n"
      } else {
        text += "0 \(profile.nanoseconds(profile.nodes.first?.selfTicks ?? 0)) 0 0 0 0 0\n"
      }
      for line in lines[function] ?? [] {
        let memory = line.memory
        text += "\(line.line) 0 \(line.loads) \(memory.retains) \(memory.releases) "
        text += "\(memory.allocations) \(memory.allocatedBytes)\n"
      }
      writeCalls(links[function] ?? [])
    }
  }

  private mutating func writeCalls(_ links: [Profile.Link]) {
    struct Place: Hashable { var callee, line: Int }
    var places: [Place: (calls: UInt64, ticks: UInt64)] = [:]
    for link in links {
      let place = Place(callee: profile.nodes[link.callee].function, line: link.line)
      places[place, default: (0, 0)].calls += link.calls
      places[place]!.ticks += link.ticks
    }
    for (place, sum) in places.sorted(by: {
      ($0.key.line, $0.key.callee) < ($1.key.line, $1.key.callee)
    }) {
      text += "cfi=\(file(place.callee))\ncfn=\(name(place.callee))\n"
      text += "calls=\(sum.calls) \(profile.functions[place.callee].line)\n"
      text += "\(place.line) \(profile.nanoseconds(sum.ticks)) 0 0 0 0 0\n"
    }
  }

  /// A name stands in full once, then as its number.
  private mutating func name(_ function: Int) -> String {
    let text = function < 0 ? "(outside)" : Self.line(profile.functions[function].name)
    return seen.insert("f\(function)").inserted ? "(\(function + 2)) \(text)" : "(\(function + 2))"
  }

  private func file(_ function: Int) -> String {
    function < 0 ? "???" : Self.line(profile.functions[function].file ?? "???")
  }

  private static func line(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}

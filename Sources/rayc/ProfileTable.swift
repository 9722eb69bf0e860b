import RayReport
import SystemPackage

/// A profile as a table of functions or lines, with what it says about all of them in front.
struct ProfileTable {
  private let profile: Profile
  private let sort: ProfileMeasure
  private let top: Int
  private let byLine: Bool

  init(_ profile: Profile, sort: ProfileMeasure, top: Int, byLine: Bool) {
    (self.profile, self.sort, self.top, self.byLine) = (profile, sort, top, byLine)
  }

  /// - Parameter width: where lines are cut; nil for no limit.
  func text(width: Int?) -> String { head + "\n" + (byLine ? lines(width) : functions(width)) }

  private var head: String {
    let unseen = profile.unseen
    let costs = profile.functionCosts
    let calls = costs.reduce(0) { $0 + $1.calls }
    let seen = costs.count { $0.calls > 0 && !profile.functions[$0.function].isPrimitive }
    var text = "rayc profile: \(milliseconds(profile.nodes.first?.totalTicks ?? 0)) ms, "
    text += "\(grouped(calls)) calls, \(grouped(UInt64(seen))) functions with a body\n"
    text += "not seen: the inside of \(grouped(unseen.primitiveCalls)) calls of functions without "
    text += "one and of \(grouped(unseen.runtimeCalls)) of the Swift runtime"
    if unseen.tailCalls > 0 {
      text += "; \(grouped(unseen.tailCalls)) async and tail calls are not in their caller's time"
    }
    if unseen.unfinishedCalls > 0 {
      text += "; \(grouped(unseen.unfinishedCalls)) calls had not ended"
    }
    text += "; 'rayc list skipped' has the rest\n"
    if let clock = profile.clock, clock.ticksPerCall == 0 {
      text += "what measuring takes is in the times: with several contexts it is not known\n"
    } else if let clock = profile.clock {
      let perCall = clock.ticksPerCall * 1e9 / clock.ticksPerSecond
      let residual = clock.residualTicks * 1e9 / clock.ticksPerSecond
      text += "measuring a call takes \(tenths(perCall)) ns, which are subtracted, give or take "
      text += "\(tenths(residual)) ns\n"
    }
    return text
  }

  private func functions(_ width: Int?) -> String {
    let costs = profile.functionCosts.filter { $0.calls > 0 || sort.value(of: $0) > 0 }
    let sorted = costs.sorted {
      (sort.value(of: $1), $1.calls, profile.functions[$0.function].symbol)
        < (sort.value(of: $0), $0.calls, profile.functions[$1.function].symbol)
    }
    var table = Table(
      [
        "self ms", "total ms", "calls", "loads", "retains", "releases", "allocs", "bytes", "at",
        "function",
      ], numeric: 8)
    for cost in sorted.prefix(top) {
      let function = profile.functions[cost.function]
      table.add([
        milliseconds(cost.selfTicks), milliseconds(cost.totalTicks), shown(cost.calls),
        shown(cost.loads), shown(cost.memory.retains), shown(cost.memory.releases),
        shown(cost.memory.allocations), shown(cost.memory.allocatedBytes),
        place(function.file, function.line), function.shortName,
      ])
    }
    return table.text(width: width) + rest(sorted.count, "functions")
  }

  private func lines(_ width: Int?) -> String {
    let sorted = profile.lines.filter { $0.line > 0 }.sorted {
      (value($1), $1.calls, $0.file, $0.line) < (value($0), $0.calls, $1.file, $1.line)
    }
    var table = Table(
      ["called ms", "calls", "loads", "retains", "releases", "allocs", "bytes", "at", "function"],
      numeric: 7)
    for line in sorted.prefix(top) {
      table.add([
        milliseconds(line.calledTicks), shown(line.calls), shown(line.loads),
        shown(line.memory.retains), shown(line.memory.releases), shown(line.memory.allocations),
        shown(line.memory.allocatedBytes), place(line.file, line.line),
        profile.functions[line.function].shortName,
      ])
    }
    return table.text(width: width) + rest(sorted.count, "lines")
  }

  private func value(_ line: Profile.Line) -> UInt64 {
    switch sort {
    case .selfTime, .totalTime: line.calledTicks
    case .calls: line.calls
    case .loads: line.loads
    case .retains: line.memory.retains
    case .allocations: line.memory.allocations
    case .bytes: line.memory.allocatedBytes
    }
  }

  private func rest(_ count: Int, _ what: String) -> String {
    count > top ? "and \(grouped(UInt64(count - top))) more \(what) (--top N)\n" : ""
  }

  private func place(_ file: String?, _ line: Int) -> String {
    guard let file, line > 0 else { return "-" }
    return "\(FilePath(file).lastComponent?.string ?? file):\(line)"
  }

  private func milliseconds(_ ticks: UInt64) -> String {
    let microseconds = (profile.nanoseconds(ticks) + 500) / 1000
    let fraction = String(microseconds % 1000)
    return grouped(microseconds / 1000) + "."
      + String(repeating: "0", count: 3 - fraction.count) + fraction
  }

  private func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private func shown(_ number: UInt64) -> String { number == 0 ? "" : grouped(number) }

  private func grouped(_ number: UInt64) -> String {
    var digits = Array(String(number))
    for index in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: index) }
    return String(digits)
  }
}

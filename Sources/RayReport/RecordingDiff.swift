// Stage 7: what changed between two runs.
public import RayTrace

/// How often things happened in a run, by what stays the same when a program is built again.
public struct RunCounts: Sendable {
  /// What is counted.
  public enum Kind: String, Sendable, CaseIterable {
    case calls, throwing, loads, stores, operations, retains, releases, allocations
  }

  /// A place: a line of a function and what happens there.
  public struct Place: Hashable, Sendable {
    public var kind: Kind
    public var function: String
    public var callee: String
    public var file: String
    public var line: Int
  }

  public private(set) var counts: [Place: UInt64] = [:]
  /// How often each function began.
  private(set) var entries: [String: UInt64] = [:]

  public init() {}

  public mutating func add(_ count: UInt64, at place: Place) {
    if count > 0 { counts[place, default: 0] += count }
  }

  /// A function began.
  mutating func add(_ count: UInt64, entriesOf function: String) {
    if count > 0 { entries[function, default: 0] += count }
  }
}

extension RunCounts {
  /// Of a recording.
  ///
  /// - Parameter counts: as in the recording's index.
  public init(_ recording: Recording, counts: [UInt64], _ style: NameStyle) {
    func name(_ symbol: String) -> String {
      symbol.isEmpty ? "<indirect>" : style.shortened(style.demangled(symbol))
    }
    for (number, site) in recording.sites.enumerated() where 3 * number + 2 < counts.count {
      let happened = counts[3 * number]
      var place = Place(
        kind: .calls, function: name(site.function), callee: "", file: String(site.fileName),
        line: site.line)
      switch site.kind {
      case .call:
        place.callee = name(site.callee)
        add(happened, at: place)
        place.kind = .throwing
        add(counts[3 * number + 2], at: place)
      case .load, .store:
        place.kind = site.kind == .load ? .loads : .stores
        place.callee = site.variable
        add(happened, at: place)
      case .operation:
        place.kind = .operations
        place.callee = site.callee
        add(happened, at: place)
      case .runtimeCall:
        let memory = memory(site.callee)
        guard
          let kind: Kind = memory.retains > 0
            ? .retains
            : memory.releases > 0
              ? .releases
              : memory.allocations > 0 ? .allocations : nil
        else { continue }
        place.kind = kind
        place.callee = site.callee
        add(happened, at: place)
      case .function: add(happened, entriesOf: place.function)
      case .runtime, .other: break
      }
    }
  }

  /// Of a profile: calls by line and callee, the rest by line.
  public init(_ profile: Profile) {
    func name(_ function: Int) -> String {
      function < 0 ? "" : profile.functions[function].shortName
    }
    func last(_ file: String?) -> String { String((file ?? "").split(separator: "/").last ?? "") }
    for node in profile.nodes where node.function >= 0 {
      if !profile.functions[node.function].isPrimitive {
        add(node.calls, entriesOf: name(node.function))
      }
    }
    for link in profile.links {
      add(
        link.calls,
        at: Place(
          kind: .calls, function: name(profile.nodes[link.caller].function),
          callee: name(profile.nodes[link.callee].function), file: last(link.file),
          line: link.line))
    }
    for line in profile.lines {
      func add(_ count: UInt64, _ kind: Kind) {
        self.add(
          count,
          at: Place(
            kind: kind, function: name(line.function), callee: "", file: last(line.file),
            line: line.line))
      }
      add(line.loads, .loads)
      add(line.memory.retains, .retains)
      add(line.memory.releases, .releases)
      add(line.memory.allocations, .allocations)
    }
  }
}

/// What changed between two runs.
public struct RunDiff: Sendable {
  public struct Change: Equatable, Sendable {
    public var place: RunCounts.Place
    public var before, after: UInt64
    public var difference: Int64 { Int64(bitPattern: after &- before) }
  }

  /// What changed by itself, the greatest difference first.
  public private(set) var changes: [Change] = []
  /// What changed because something of `changes` did, in the same order.
  public private(set) var consequences: [Change] = []
  /// The sums, by kind.
  public private(set) var before: [RunCounts.Kind: UInt64] = [:]
  public private(set) var after: [RunCounts.Kind: UInt64] = [:]

  /// Places whose line moved, but nothing else, are the same place.
  public init(_ a: RunCounts, _ b: RunCounts) {
    for (place, count) in a.counts { before[place.kind, default: 0] += count }
    for (place, count) in b.counts { after[place.kind, default: 0] += count }
    var gone: [RunCounts.Place: UInt64] = [:]
    var new: [RunCounts.Place: UInt64] = [:]
    for (place, count) in a.counts {
      if let other = b.counts[place] {
        if other != count { changes.append(Change(place: place, before: count, after: other)) }
      } else {
        gone[place] = count
      }
    }
    for (place, count) in b.counts where a.counts[place] == nil { new[place] = count }
    matchMoved(&gone, &new)
    changes += gone.map { Change(place: $0, before: $1, after: 0) }
    changes += new.map { Change(place: $0, before: 0, after: $1) }
    changes.sort { left, right in
      let (a, b) = (left.difference.magnitude, right.difference.magnitude)
      return a != b ? a > b : left.place.order < right.place.order
    }
    let causes = ChangeCauses(changes, before: a.entries, after: b.entries)
    consequences = changes.indices.filter(causes.isConsequence).map { changes[$0] }
    changes = changes.indices.filter { !causes.isConsequence($0) }.map { changes[$0] }
  }

  /// In a function whose lines moved, the places of one kind and callee keep their order.
  private mutating func matchMoved(
    _ gone: inout [RunCounts.Place: UInt64], _ new: inout [RunCounts.Place: UInt64]
  ) {
    func groups(_ places: [RunCounts.Place: UInt64]) -> [RunCounts.Place: [RunCounts.Place]] {
      Dictionary(grouping: places.keys) { place in
        var key = place
        key.line = 0
        return key
      }.mapValues { $0.sorted { $0.line < $1.line } }
    }
    let (old, young) = (groups(gone), groups(new))
    for (key, places) in old {
      guard let others = young[key], others.count == places.count else { continue }
      for (place, other) in zip(places, others) {
        let (count, now) = (gone.removeValue(forKey: place)!, new.removeValue(forKey: other)!)
        if count != now { changes.append(Change(place: other, before: count, after: now)) }
      }
    }
  }

  /// A condition that a change may break: `calls>5%`, `allocations>100`.
  public struct Limit: Equatable, Sendable {
    public var kind: RunCounts.Kind
    public var amount: Double
    public var isRelative: Bool

    /// - Returns: nil where the text is none.
    public init?(_ text: String) {
      let parts = text.split(separator: ">", omittingEmptySubsequences: false)
      guard parts.count == 2, let kind = RunCounts.Kind(rawValue: parts[0].trimmed) else {
        return nil
      }
      let number = parts[1].trimmed
      isRelative = number.hasSuffix("%")
      guard let amount = Double(isRelative ? String(number.dropLast()) : number), amount >= 0
      else { return nil }
      (self.kind, self.amount) = (kind, amount)
    }
  }

  /// Whether there is more of something than the limit allows.
  public func breaks(_ limit: Limit) -> Bool {
    let (old, new) = (Double(before[limit.kind] ?? 0), Double(after[limit.kind] ?? 0))
    guard limit.isRelative else { return new - old > limit.amount }
    return old == 0 ? new > 0 : (new - old) / old * 100 > limit.amount
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

extension RunCounts.Place {
  fileprivate var order: (String, String, Int, String) { (kind.rawValue, file, line, callee) }
}

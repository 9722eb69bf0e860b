// Stage 7: a profile by function and by caller and callee.

extension Profile {
  /// What a function cost, wherever it was called from.
  public struct FunctionCost: Equatable, Sendable {
    public var function: Int
    public var calls: UInt64 = 0
    public var selfTicks: UInt64 = 0
    public var totalTicks: UInt64 = 0
    public var loads: UInt64 = 0
    public var memory = Memory()
  }

  /// The cost of each function, by its number.
  ///
  /// Calls and times are those of the function as a whole; loads and memory those of its lines,
  /// also where they were inlined into another function.
  public var functionCosts: [FunctionCost] {
    var costs = functions.indices.map { FunctionCost(function: $0) }
    for node in nodes where node.function >= 0 {
      costs[node.function].calls += node.calls
      costs[node.function].selfTicks += node.selfTicks
      // No path has a function twice, so nothing is counted twice.
      costs[node.function].totalTicks += node.totalTicks
    }
    for line in lines where line.function >= 0 {
      costs[line.function].loads += line.loads
      costs[line.function].memory += line.memory
    }
    return costs
  }

  /// Calls of one function by another.
  public struct Edge: Equatable, Sendable {
    /// -1: what is outside all functions.
    public var caller: Int
    public var callee: Int
    public var calls: UInt64
    public var ticks: UInt64
    /// The lines of the caller, with the calls at each.
    public var lines: [Int: UInt64]
  }

  /// Who called whom, in the order of the functions.
  public var edges: [Edge] {
    struct Pair: Hashable { var caller, callee: Int }
    var edges: [Pair: Edge] = [:]
    for link in links {
      let pair = Pair(caller: nodes[link.caller].function, callee: nodes[link.callee].function)
      var edge =
        edges[pair]
        ?? Edge(caller: pair.caller, callee: pair.callee, calls: 0, ticks: 0, lines: [:])
      edge.calls += link.calls
      edge.ticks += link.ticks
      edge.lines[link.line, default: 0] += link.calls
      edges[pair] = edge
    }
    return edges.values.sorted { ($0.caller, $0.callee) < ($1.caller, $1.callee) }
  }

  /// Ticks as nanoseconds; 0 where no times were taken.
  public func nanoseconds(_ ticks: UInt64) -> UInt64 {
    guard let clock, clock.ticksPerSecond > 0 else { return 0 }
    return UInt64((Double(ticks) * 1e9 / clock.ticksPerSecond).rounded())
  }

  /// The functions on the way to a node, the outermost first.
  public func path(to node: Int) -> [Int] {
    var path: [Int] = []
    var node = node
    while node > 0 {
      path.append(nodes[node].function)
      node = nodes[node].parent
    }
    return path.reversed()
  }
}

/// What a stack is as wide as, and what a table is sorted by.
public enum ProfileMeasure: String, CaseIterable, Sendable {
  case selfTime = "self"
  case totalTime = "total"
  case calls, loads, retains, allocations, bytes

  public var unit: String {
    switch self {
    case .selfTime, .totalTime: "nanoseconds"
    case .bytes: "bytes"
    case .calls, .loads, .retains, .allocations: "none"
    }
  }

  /// What a node has of it in itself. Loads are known by line only, not by stack.
  func ownValue(of node: Profile.Node, in profile: Profile) -> UInt64 {
    switch self {
    case .selfTime, .totalTime: profile.nanoseconds(node.selfTicks)
    case .calls: node.calls
    case .retains: node.memory.retains
    case .allocations: node.memory.allocations
    case .bytes: node.memory.allocatedBytes
    case .loads: 0
    }
  }

  /// What a function has of it.
  public func value(of cost: Profile.FunctionCost) -> UInt64 {
    switch self {
    case .selfTime: cost.selfTicks
    case .totalTime: cost.totalTicks
    case .calls: cost.calls
    case .loads: cost.loads
    case .retains: cost.memory.retains
    case .allocations: cost.memory.allocations
    case .bytes: cost.memory.allocatedBytes
    }
  }
}

// Stage 7: what a profile says, whatever it was made from; every report is made of this.

/// What a program did, by function, line and call: counts, times, memory.
///
/// Counts are exact, and two runs of a deterministic program have the same. Functions are in a
/// tree of calls in which no path has a function twice: a function that calls itself, directly or
/// through others, comes back to the node it is in. So the tree stays small, and ``links`` says who
/// called whom.
public struct Profile: Codable, Equatable, Sendable {
  /// Grows when a field changes its meaning or goes.
  public static let currentVersion = 1

  public var schemaVersion = Profile.currentVersion
  /// The executable's name.
  public var program = ""
  public var functions: [Function] = []
  /// The tree of calls, parents before children. Node 0 is what is outside all functions.
  public var nodes: [Node] = []
  public var links: [Link] = []
  public var lines: [Line] = []
  public var threads: [Thread] = []
  /// Nil: no times were taken, and all ticks are 0.
  public var clock: Clock?
  public var unseen = Unseen()

  public init() {}

  public struct Function: Codable, Equatable, Sendable {
    /// As it is in the binary; empty for callees that are known at run time only.
    public var symbol: String
    /// Demangled.
    public var name: String
    /// Shortened: `main.area(width:_:)`.
    public var shortName: String
    /// Where it is declared; nil where that is not known.
    public var file: String?
    public var line: Int
    /// Whether it has no instrumented body: its calls are counted, its inside is not seen.
    public var isPrimitive: Bool

    public init(
      symbol: String, name: String, shortName: String, file: String? = nil, line: Int = 0,
      isPrimitive: Bool
    ) {
      (self.symbol, self.name, self.shortName) = (symbol, name, shortName)
      (self.file, self.line, self.isPrimitive) = (file, line, isPrimitive)
    }
  }

  /// A function where it is called from: a place in the tree of calls.
  public struct Node: Codable, Equatable, Sendable {
    /// An earlier node; -1 for node 0.
    public var parent: Int
    /// -1 for node 0.
    public var function: Int
    public var calls: UInt64 = 0
    /// In the function itself, outside what it calls.
    public var selfTicks: UInt64 = 0
    /// From its outermost call to that call's end; recursion is not counted again.
    public var totalTicks: UInt64 = 0
    /// What the function itself did, outside what it calls.
    public var memory = Memory()

    public init(parent: Int, function: Int) { (self.parent, self.function) = (parent, function) }
  }

  /// What the Swift runtime was asked for.
  public struct Memory: Codable, Equatable, Sendable {
    public var retains: UInt64 = 0
    public var releases: UInt64 = 0
    public var allocations: UInt64 = 0
    /// Of those allocations whose size the call says.
    public var allocatedBytes: UInt64 = 0

    public init() {}

    public static func += (left: inout Memory, right: Memory) {
      left.retains += right.retains
      left.releases += right.releases
      left.allocations += right.allocations
      left.allocatedBytes += right.allocatedBytes
    }
  }

  /// Calls from one node to another at one line.
  public struct Link: Codable, Equatable, Sendable {
    public var caller: Int
    /// Not always a child of `caller`: a recursive call leads back to an ancestor.
    public var callee: Int
    /// Where the call is written; nil and 0 where it is not.
    public var file: String?
    public var line: Int
    public var calls: UInt64
    /// Inside the outermost of these calls.
    public var ticks: UInt64

    public init(
      caller: Int, callee: Int, file: String?, line: Int, calls: UInt64, ticks: UInt64
    ) {
      (self.caller, self.callee, self.file, self.line) = (caller, callee, file, line)
      (self.calls, self.ticks) = (calls, ticks)
    }
  }

  /// What happened at a line of a function, in itself.
  public struct Line: Codable, Equatable, Sendable {
    /// The function that the line belongs to, also where it was inlined into another.
    public var function: Int
    public var file: String
    public var line: Int
    /// Calls of functions; those of the runtime are in `memory`.
    public var calls: UInt64 = 0
    public var loads: UInt64 = 0
    /// Inside the functions called.
    public var calledTicks: UInt64 = 0
    public var memory = Memory()

    public init(function: Int, file: String, line: Int) {
      (self.function, self.file, self.line) = (function, file, line)
    }
  }

  public struct Thread: Codable, Equatable, Sendable {
    /// 0 for the main thread.
    public var number: Int
    public var name: String
    public var ticks: UInt64

    public init(number: Int, name: String, ticks: UInt64) {
      (self.number, self.name, self.ticks) = (number, name, ticks)
    }
  }

  /// How times were taken.
  public struct Clock: Codable, Equatable, Sendable {
    public var ticksPerSecond: Double
    /// What measuring a call costs, measured at the start; it has been subtracted.
    public var ticksPerCall: Double
    /// How far measured calls of nothing are from 0 after that.
    public var residualTicks: Double

    public init(ticksPerSecond: Double, ticksPerCall: Double, residualTicks: Double) {
      self.ticksPerSecond = ticksPerSecond
      self.ticksPerCall = ticksPerCall
      self.residualTicks = residualTicks
    }
  }

  /// What the profile cannot say anything about.
  public struct Unseen: Codable, Equatable, Sendable {
    /// Calls of functions without an instrumented body, whose inside is not seen.
    public var primitiveCalls: UInt64 = 0
    /// Calls of the Swift runtime among the events.
    public var runtimeCalls: UInt64 = 0
    /// Calls after which the caller does not run on: async and guaranteed tail calls.
    public var tailCalls: UInt64 = 0
    /// Functions that ended without an event: left by `longjmp`, or still running at the end.
    public var unfinishedCalls: UInt64 = 0
    /// What the build did not instrument, by reason; nil where nobody asked.
    public var skipped: [String: Int]?

    public init() {}
  }
}

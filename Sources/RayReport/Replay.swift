// Stage 7: a recording's events as text, as the program had them.
public import RayTrace

/// Which part of a recording is shown, and how.
public struct ReplayRequest: Sendable {
  /// The thread; nil: all, one after the other.
  public var thread: Int?
  /// The number of the first event of the thread, from 0.
  public var from: UInt64 = 0
  /// How many lines at most.
  public var lines = Int.max
  /// How many calls deep at most; nil: no limit.
  public var depth: Int?
  public var showsLoads = false
  public var showsRuntime = false
  public var showsLocations = true

  public init() {}
}

/// Writes a recording as an indented tree.
public struct Replay {
  private let recording: Recording
  private let request: ReplayRequest
  private let style: NameStyle
  private let write: (String) -> Void
  private var names: RecordingNames
  private var shown = 0
  private var threads: [Int: Thread] = [:]

  private struct Thread {
    var calls = OpenCalls<Void>()
    /// How many calls were open that are not in `calls`.
    var outer = 0
    var event: UInt64 = 0
    var isBegun = false
  }

  /// A line that is not complete: values may follow.
  private var line = ""
  private var values: [String] = []
  /// Where the call that the line is about is in the tree, if nothing came since.
  private var isCall = false

  /// - Parameter write: takes lines, with their ends.
  public init(
    _ recording: Recording, _ request: ReplayRequest, _ style: NameStyle,
    write: @escaping (String) -> Void
  ) {
    (self.recording, self.request, self.style, self.write) = (recording, request, style, write)
    names = RecordingNames(recording.sites, style)
  }

  /// Writes what was asked for.
  /// - Returns: how many lines.
  public mutating func run() -> Int {
    let numbers = request.thread.map { [$0] } ?? threadNumbers()
    for number in numbers {
      show(thread: number, isOne: numbers.count == 1)
      if shown >= request.lines { break }
    }
    return shown
  }

  private func threadNumbers() -> [Int] {
    var numbers: Set<Int> = []
    if let index = recording.index {
      return Set(index.places.map { Int($0.thread) }).sorted()
    }
    recording.forEachBlock { block in
      numbers.insert(block.thread)
      return true
    }
    return numbers.sorted()
  }

  private mutating func show(thread number: Int, isOne: Bool) {
    if !isOne { write("thread \(number)\n") }
    var thread = Thread()
    var begin = UInt64(4096)
    let place = recording.index?.places.last {
      $0.thread == UInt32(number) && $0.event <= request.from
    }
    // Blocks that go round, and the newest ones, are not in the order of the file.
    let known = recording.file.isRing ? nil : place
    if let known {
      thread.event = known.event
      thread.outer = Int(known.depth) - known.calls.count
      thread.calls.begin(
        with: known.calls.map { .init(site: Int($0), function: -2, payload: ()) })
      begin = known.position
    }
    let isLive =
      known.map {
        recording.file.chunk(at: $0.position)?.isLive ?? false
      } ?? false
    recording.forEachBlock(from: isLive ? 4096 : begin) { block in
      guard block.thread == number, !isLive || block.chunk.position == begin else { return true }
      recording.read(block) { reader in
        while shown < request.lines, let item = reader.next() { show(item, &thread) }
      }
      return shown < request.lines
    }
    endLine()
  }

  private mutating func show(_ item: RecordedItem, _ thread: inout Thread) {
    switch item {
    case .value(let text):
      values.append(text ?? "<redacted>")
      return
    case .size(let bytes):
      values.append("\(bytes) bytes")
      return
    case .event(let site, let outcome):
      endLine()
      let isWanted = thread.event >= request.from
      thread.event += 1
      event(site, outcome, &thread, isWanted)
    }
  }

  private mutating func event(
    _ number: Int, _ outcome: Int, _ thread: inout Thread, _ isWanted: Bool
  ) {
    let site = recording.sites[number]
    let none = OpenCalls<Void>.Actions(bind: { _, _ in }, end: { _, _, _ in })
    switch site.kind {
    case .call where outcome == 0:
      thread.calls.call(number, (), none)
      begin(number, depth(thread) - 1, isWanted, name(of: names.callee[number]))
    case .call:
      thread.calls.end(number, none)
      let what = outcome == 1 ? "" : "threw"
      ending(number, depth(thread), isWanted, what)
    case .function:
      let function = Int(names.function[number])
      guard outcome == 0 else {
        _ = thread.calls.leave(function, none)
        return
      }
      let before = thread.calls.frames.count
      thread.calls.enter(function, callee: names.callee, (), none)
      let isNested = thread.calls.frames.count > before
      let isUnnamed =
        !isNested
        && thread.calls.frames.last.map { $0.site >= 0 && names.callee[$0.site] < 0 } ?? false
      if isNested || isUnnamed {
        begin(
          number, depth(thread) - (isNested ? 1 : 0), isWanted,
          (isNested ? "" : "→ ") + name(of: names.function[number]))
      }
    case .load where request.showsLoads, .store where request.showsLoads:
      begin(
        number, depth(thread), isWanted,
        "\(site.kind) " + (site.variable.isEmpty ? "a value" : site.variable))
    case .operation: begin(number, depth(thread), isWanted, site.callee)
    case .runtimeCall where request.showsRuntime && outcome == 0,
      .runtime where request.showsRuntime:
      begin(number, depth(thread), isWanted, name(of: names.callee[number]))
    default: break
    }
  }

  private func depth(_ thread: Thread) -> Int { thread.outer + thread.calls.frames.count }

  private func name(of function: Int32) -> String {
    function < 0 ? "<indirect>" : names.functions[Int(function)].shortName
  }

  private mutating func begin(_ site: Int, _ depth: Int, _ isWanted: Bool, _ text: String) {
    guard isWanted, request.depth.map({ depth < $0 }) ?? true else { return }
    line = indentation(depth) + text
    isCall = true
    place = request.showsLocations ? recording.sites[site].location : nil
  }

  private var place: String?

  /// Ends are lines of their own only where they say something.
  private mutating func ending(_ site: Int, _ depth: Int, _ isWanted: Bool, _ text: String) {
    guard isWanted, request.depth.map({ depth < $0 }) ?? true else { return }
    pendingEnd = (indentation(depth) + "= ", text)
  }

  private var pendingEnd: (String, String)?

  private func indentation(_ depth: Int) -> String {
    String(repeating: "  ", count: max(0, min(depth, 60)))
  }

  private mutating func endLine() {
    defer {
      line = ""
      values = []
      pendingEnd = nil
    }
    if let (indentation, text) = pendingEnd {
      let value = ([text] + values).filter { !$0.isEmpty }.joined(separator: " ")
      if !value.isEmpty { put(indentation + value) }
      return
    }
    guard !line.isEmpty else { return }
    var text = line
    if !values.isEmpty { text += " (" + values.joined(separator: ", ") + ")" }
    if let place, place != "<compiler-generated>" { text += "  " + place }
    put(text)
  }

  private mutating func put(_ text: String) {
    guard shown < request.lines else { return }
    write(text + "\n")
    shown += 1
  }
}

// Stage 5: the context `profile`: who called whom, how often, for how long, and with what memory.
import CRay
import Glibc
import Ray

/// Counts calls, loads, retains, releases and allocations exactly, and takes the time of calls from
/// the processor's timestamp counter. At the end it writes all of it to a file as the JSON of
/// Sources/RayReport/Profile.swift.
///
/// `-W 'profile -o FILE'`; `rayc profile` is a command of its own, and shows the result.
///
/// Cost: some tens of nanoseconds a call, two of them looks at the counter; a nanosecond or two for
/// a load or a retain.
struct Profile: ConfigurableContext {
  private let thread: UnsafeMutablePointer<ThreadProfile>

  fileprivate init(thread: UnsafeMutablePointer<ThreadProfile>) { self.thread = thread }

  init(arguments: [String]) throws {
    _ = try Options.shared(arguments)
    thread = .allocate(capacity: 1)
    thread.initialize(to: ThreadProfile())
  }

  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    thread.pointee.call(site.index, isTimed: site.kind == .call)
  }

  mutating func didCall(_ site: Site, _ outcome: Outcome) { thread.pointee.endCall(site.index) }

  mutating func didEnter(_ function: Site) { thread.pointee.enter(Int32(function.index)) }

  mutating func willLeave(_ function: Site) { thread.pointee.leave(Int32(function.index)) }

  mutating func load<T>(_ value: T, at site: Site) -> T {
    thread.pointee.sites.add(1, 0, at: site.index)
    return value
  }

  mutating func runtime(_ operation: RuntimeOperation, at site: Site) {
    thread.pointee.runtime(operation, site.index)
  }

  mutating func merge(_ other: Profile) {
    other.thread.pointee.end()
    thread.pointee.merge(&other.thread.pointee)
    other.thread.deinitialize(count: 1)
    other.thread.deallocate()
  }

  mutating func finish() {
    thread.pointee.end()
    let text = ProfileText(thread.pointee).text
    guard let file = (try? Options.shared([]))?.file else { return }
    if let problem = _replace(file, with: text) {
      _write("rayc: cannot write '\(file)': \(problem)\n", to: 2)
    }
  }
}

private struct Options: Sendable {
  var file = ""

  nonisolated(unsafe) private static var parsed: Options?

  static func shared(_ arguments: [String]) throws -> Options {
    if let parsed { return parsed }
    var options = Options()
    var arguments = _ContextArguments(arguments, known: "-o FILE")
    while let argument = arguments.next() {
      guard argument == "-o" else { throw arguments.unknown(argument) }
      options.file = _outputPath(try arguments.value(of: argument))
    }
    if options.file.isEmpty {
      throw _ContextProblem("write where the profile goes: 'profile -o FILE'")
    }
    parsed = options
    Clock.start()
    return options
  }
}

// Buffers -------------------------------------------------------------------------------

/// Elements that never move while a hook runs; grows by copying.
private struct Buffer<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity = 64

  init() { base = .allocate(capacity: 64) }

  @inline(__always)
  mutating func append(_ element: Element) -> Int32 {
    if count == capacity { grow() }
    (base + count).initialize(to: element)
    count += 1
    return Int32(count - 1)
  }

  @inline(__always)
  mutating func removeLast() { count -= 1 }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    (base, capacity) = (larger, capacity * 2)
  }

  func deallocate() { base.deallocate() }
}

/// How often what happened at each site, by its index, and how many bytes.
private struct SiteCounts {
  private(set) var counts = UnsafeMutablePointer<(events: UInt64, bytes: UInt64)>.allocate(
    capacity: 1)
  private(set) var count = 0

  @inline(__always)
  mutating func add(_ events: UInt64, _ bytes: UInt64, at index: Int) {
    if index >= count { grow(to: index) }
    counts[index].events &+= events
    counts[index].bytes &+= bytes
  }

  @inline(never)
  private mutating func grow(to index: Int) {
    let new = max(index + 1, Site.count)
    let larger = UnsafeMutablePointer<(events: UInt64, bytes: UInt64)>.allocate(capacity: new)
    larger.initialize(repeating: (0, 0), count: new)
    larger.update(from: counts, count: count)
    counts.deallocate()
    (counts, count) = (larger, new)
  }
}

// A thread ------------------------------------------------------------------------------

private struct Node: BitwiseCopyable {
  var parent: Int32
  /// The function's site; of a primitive, -2 - the index of a site that calls it.
  var function: Int32
  var active: Int32 = 0
  var calls: UInt64 = 0
  /// Without what rayc itself takes; below 0 by some ticks where that is less than it was at the
  /// start.
  var own: Int64 = 0, total: Int64 = 0
  var retains: UInt64 = 0, releases: UInt64 = 0, allocations: UInt64 = 0, bytes: UInt64 = 0
}

/// Calls from a node at a site to a function.
private struct Link: BitwiseCopyable {
  var caller: Int32, site: Int32, function: Int32
  var callee: Int32
  /// The link to the primitive that is in between; -1: the function is called directly.
  var via: Int32 = -1
  /// Whether it is an async function that goes on: no call.
  var isResumption = false
  var active: Int32 = 0
  var calls: UInt64 = 0
  var total: Int64 = 0
}

private struct Frame: BitwiseCopyable {
  var node: Int32, link: Int32, function: Int32
  var start: UInt64
  /// Inside what it has called so far.
  var calledTicks: Int64 = 0
  /// What rayc took of that, and of the function's own time; and of all inside.
  var ownCost: Int64 = 0, cost: Int64 = 0
  /// The call that it is at; -1: none.
  var site: Int32 = -1
  var hasEntered = false
  /// When that call began; 0: it is not timed.
  var callStart: UInt64 = 0
}

private struct ThreadProfile {
  var sites = SiteCounts()
  var nodes = Buffer<Node>()
  var links = Buffer<Link>()
  var frames = Buffer<Frame>()
  /// Links by caller, site and function: a power of two of places.
  private var table = UnsafeMutablePointer<Int32>.allocate(capacity: 256)
  private var tableSize = 256
  /// The call that the thread has left a function by, for whoever is entered next.
  private var tailNode: Int32 = -1, tailSite: Int32 = -1
  var unfinished: UInt64 = 0, tailCalls: UInt64 = 0
  var threads: [(number: Int, name: String, ticks: UInt64)] = []
  private let number: Int, name: String, begin: UInt64

  init() {
    let thread = currentThread
    (number, name, begin) = (thread.number, thread.name, ray_ticks())
    table.initialize(repeating: -1, count: tableSize)
    _ = nodes.append(Node(parent: -1, function: -1))
    _ = frames.append(Frame(node: 0, link: -1, function: -1, start: begin))
  }

  @inline(__always) private var top: UnsafeMutablePointer<Frame> {
    frames.base + (frames.count - 1)
  }

  @inline(__always)
  mutating func call(_ site: Int, isTimed: Bool) {
    sites.add(1, 0, at: site)
    tailNode = -1
    let top = top
    top.pointee.site = Int32(site)
    top.pointee.hasEntered = false
    top.pointee.callStart = isTimed ? ray_ticks() : 0
  }

  @inline(__always)
  mutating func enter(_ function: Int32) {
    let top = top
    if tailNode >= 0 { return enterBehindTail(function) }
    let isFirst = top.pointee.site >= 0 && !top.pointee.hasEntered
    let start =
      isFirst && top.pointee.callStart != 0 ? top.pointee.callStart : ray_ticks()
    let link = link(top.pointee.node, top.pointee.site, function)
    top.pointee.hasEntered = true
    if links.base[Int(link)].via >= 0 { return enterBehindPrimitive(link, function, start) }
    push(link, function, start)
  }

  @inline(__always)
  private mutating func push(_ link: Int32, _ function: Int32, _ start: UInt64) {
    let called = links.base + Int(link)
    called.pointee.calls += 1
    called.pointee.active += 1
    let node = nodes.base + Int(called.pointee.callee)
    node.pointee.active += 1
    node.pointee.calls += 1
    _ = frames.append(
      Frame(node: called.pointee.callee, link: link, function: function, start: start))
  }

  @inline(never)
  private mutating func enterBehindTail(_ function: Int32) {
    let link = link(tailNode, tailSite, function)
    tailNode = -1
    push(link, function, ray_ticks())
  }

  /// A primitive calls back: it gets a frame of its own, until its call has ended.
  @inline(never)
  private mutating func enterBehindPrimitive(
    _ link: Int32, _ function: Int32, _ start: UInt64
  ) {
    let via = links.base[Int(link)].via
    let primitive = nodes.base[Int(links.base[Int(via)].callee)].function
    push(via, primitive, start)
    let inner = self.link(links.base[Int(via)].callee, -1, function)
    push(inner, function, start)
  }

  @inline(__always)
  mutating func leave(_ function: Int32) {
    let now = ray_ticks()
    if top.pointee.function != function, !dropFrames(to: function, now) { return }
    if top.pointee.site >= 0 {
      // A call that has not ended: nothing of the function runs behind it.
      (tailNode, tailSite) = (top.pointee.node, top.pointee.site)
      tailCalls += 1
    }
    pop(now)
  }

  @inline(__always)
  private mutating func pop(_ now: UInt64) {
    let frame = top.pointee
    frames.removeLast()
    let price = frame.function >= 0 ? Clock.function : Clock.primitive
    let elapsed = Int64(bitPattern: now &- frame.start)
    let total = elapsed &- price.inside &- frame.cost
    let node = nodes.base + Int(frame.node)
    node.pointee.own &+= elapsed &- price.inside &- frame.calledTicks &- frame.ownCost
    node.pointee.active -= 1
    if node.pointee.active == 0 { node.pointee.total &+= total }
    let link = links.base + Int(frame.link)
    link.pointee.active -= 1
    if link.pointee.active == 0 { link.pointee.total &+= total }
    let caller = top
    caller.pointee.calledTicks &+= elapsed
    caller.pointee.ownCost &+= price.outside
    caller.pointee.cost &+= frame.cost &+ price.inside &+ price.outside
  }

  /// Ends frames that have been left without a word, up to that of a function. False: there is none.
  @inline(never)
  private mutating func dropFrames(to function: Int32, _ now: UInt64) -> Bool {
    var index = frames.count - 1
    while index > 0, frames.base[index].function != function { index -= 1 }
    guard index > 0 else { return false }
    while frames.count - 1 > index {
      if top.pointee.function >= 0 { unfinished += 1 }
      pop(now)
    }
    return true
  }

  @inline(__always)
  mutating func endCall(_ site: Int) {
    tailNode = -1
    let top = top
    if top.pointee.site != Int32(site) { return endPrimitive(site) }
    if !top.pointee.hasEntered, top.pointee.callStart != 0 { addPrimitive(Int32(site)) }
    top.pointee.site = -1
  }

  /// A call ends in which no instrumented function ran: of a primitive.
  @inline(__always)
  private mutating func addPrimitive(_ site: Int32) {
    let start = top.pointee.callStart
    let link = link(top.pointee.node, site, -2 - site)
    push(link, -2 - site, start)
    pop(ray_ticks())
  }

  @inline(never)
  private mutating func endPrimitive(_ site: Int) {
    // The frame of a primitive that has called back, or frames that have been left.
    var index = frames.count - 1
    while index > 0, frames.base[index].site != Int32(site) { index -= 1 }
    guard frames.base[index].site == Int32(site) else { return }
    let now = ray_ticks()
    while frames.count - 1 > index {
      if top.pointee.function >= 0 { unfinished += 1 }
      pop(now)
    }
    top.pointee.site = -1
  }

  @inline(__always)
  mutating func runtime(_ operation: RuntimeOperation, _ site: Int) {
    let node = nodes.base + Int(top.pointee.node)
    switch operation.kind {
    case .retain: node.pointee.retains += 1
    case .release: node.pointee.releases += 1
    case .allocation:
      let size = UInt64(operation.size ?? 0)
      node.pointee.allocations += 1
      node.pointee.bytes += size
      sites.add(1, size, at: site)
      return
    default: return
    }
    sites.add(1, 0, at: site)
  }
}

extension ThreadProfile {
  @inline(__always)
  private static func hash(_ caller: Int32, _ site: Int32, _ function: Int32) -> Int {
    let key =
      UInt64(UInt32(bitPattern: caller)) &* 0x9e37_79b9_7f4a_7c15
      ^ (UInt64(UInt32(bitPattern: site)) << 32 | UInt64(UInt32(bitPattern: function)))
    let mixed = key &* 0xff51_afd7_ed55_8ccd
    return Int(truncatingIfNeeded: mixed >> 32)
  }

  @inline(__always)
  fileprivate mutating func link(_ caller: Int32, _ site: Int32, _ function: Int32) -> Int32 {
    var place = Self.hash(caller, site, function) & (tableSize - 1)
    while true {
      let index = table[place]
      if index < 0 { return makeLink(caller, site, function) }
      let link = links.base + Int(index)
      if link.pointee.function == function, link.pointee.caller == caller,
        link.pointee.site == site
      {
        return index
      }
      place = (place + 1) & (tableSize - 1)
    }
  }

  @inline(never)
  private mutating func makeLink(_ caller: Int32, _ site: Int32, _ function: Int32) -> Int32 {
    if links.count * 2 >= tableSize { growTable() }
    var link = Link(caller: caller, site: site, function: function, callee: 0)
    let symbol = function >= 0 ? Symbols.function(function) : ""
    if function >= 0, let base = Symbols.resumed(symbol) {
      link.isResumption = true
      link.callee = ancestor(of: caller) { Symbols.whole($0) == base } ?? node(0, function)
    } else if function >= 0, site >= 0, !Symbols.calls(site, symbol) {
      link.via = self.link(caller, site, -2 - site)
      link.callee = links.base[Int(link.via)].callee
    } else {
      link.callee = node(caller, function)
    }
    let index = links.append(link)
    enterIntoTable(index)
    return index
  }

  /// A link and a node for measuring: of no site and function that there are.
  fileprivate mutating func makeProbe(_ site: Int32, _ function: Int32) {
    let callee = nodes.append(Node(parent: 0, function: function))
    for caller in [0, callee] {
      enterIntoTable(
        links.append(Link(caller: caller, site: site, function: function, callee: callee)))
    }
  }

  /// The node of a function below another: an ancestor where it is its own caller, through others
  /// or not.
  fileprivate mutating func node(_ parent: Int32, _ function: Int32) -> Int32 {
    let symbol = Symbols.whole(function)
    if function >= 0, let known = ancestor(of: parent, where: { Symbols.whole($0) == symbol }) {
      return known
    }
    // Few are made, so a search is enough.
    for index in 0..<nodes.count
    where nodes.base[index].parent == parent && Symbols.whole(nodes.base[index].function) == symbol
    {
      return Int32(index)
    }
    return nodes.append(Node(parent: parent, function: function))
  }

  private func ancestor(of node: Int32, where isWanted: (Int32) -> Bool) -> Int32? {
    var node = node
    while node > 0 {
      let function = nodes.base[Int(node)].function
      if function >= 0, isWanted(function) { return node }
      node = nodes.base[Int(node)].parent
    }
    return nil
  }

  private mutating func enterIntoTable(_ index: Int32) {
    let link = links.base[Int(index)]
    var place = Self.hash(link.caller, link.site, link.function) & (tableSize - 1)
    while table[place] >= 0 { place = (place + 1) & (tableSize - 1) }
    table[place] = index
  }

  private mutating func growTable() {
    table.deallocate()
    tableSize *= 4
    table = .allocate(capacity: tableSize)
    table.initialize(repeating: -1, count: tableSize)
    for index in 0..<links.count { enterIntoTable(Int32(index)) }
  }

  /// The thread, or the program, has ended.
  mutating func end() {
    let now = ray_ticks()
    while frames.count > 1 {
      if top.pointee.function >= 0 { unfinished += 1 }
      pop(now)
    }
    let root = frames.base.pointee
    let elapsed = Int64(bitPattern: now &- begin)
    nodes.base[0].own = elapsed &- root.calledTicks &- root.ownCost
    nodes.base[0].total = elapsed &- root.cost
    threads.append((number, name, now &- begin))
  }

  /// Takes in a thread that has ended.
  mutating func merge(_ other: inout ThreadProfile) {
    for index in 0..<other.sites.count where other.sites.counts[index].events > 0 {
      sites.add(other.sites.counts[index].events, other.sites.counts[index].bytes, at: index)
    }
    var mapped: [Int32] = [0]
    for index in 0..<other.nodes.count {
      let node = other.nodes.base[index]
      if index > 0 { mapped.append(self.node(mapped[Int(node.parent)], node.function)) }
      let mine = nodes.base + Int(mapped[index])
      mine.pointee.calls += node.calls
      mine.pointee.own &+= node.own
      mine.pointee.total &+= node.total
      mine.pointee.retains += node.retains
      mine.pointee.releases += node.releases
      mine.pointee.allocations += node.allocations
      mine.pointee.bytes += node.bytes
    }
    for index in 0..<other.links.count {
      let theirs = other.links.base[index]
      let mine = link(mapped[Int(theirs.caller)], theirs.site, theirs.function)
      links.base[Int(mine)].calls += theirs.calls
      links.base[Int(mine)].total &+= theirs.total
    }
    unfinished += other.unfinished
    tailCalls += other.tailCalls
    threads += other.threads
    other.deallocate()
  }

  func deallocate() {
    sites.counts.deallocate()
    nodes.deallocate()
    links.deallocate()
    frames.deallocate()
    table.deallocate()
  }
}

// Names ---------------------------------------------------------------------------------

private enum Symbols {
  static func function(_ index: Int32) -> String {
    Site(index: Int(index))?.functionMangled ?? ""
  }

  /// The symbol of what a node is of: a function with all its parts, or a primitive.
  static func whole(_ function: Int32) -> String {
    if function == -1 { return "" }
    if function < 0 { return Site(index: Int(-2 - function))?.calleeMangled ?? "" }
    let symbol = Self.function(function)
    return resumed(symbol) ?? symbol
  }

  /// The async function that a symbol is a later part of; nil: it is none.
  ///
  ///     $s4main4stepyS2iYaFTY0_   $s4main4stepyS2iYaF
  static func resumed(_ symbol: String) -> String? {
    guard symbol.hasSuffix("_"), symbol.hasPrefix("$s") else { return nil }
    let name = symbol.utf8.dropLast()
    let rest = name.reversed().drop { (48...57).contains($0) }
    guard rest.count >= 2, let kind = rest.first, kind == 81 || kind == 89,
      rest.dropFirst().first == 84
    else { return nil }
    return String(decoding: rest.dropFirst(2).reversed(), as: UTF8.self)
  }

  /// Whether a site calls a function itself, and no primitive that calls it.
  static func calls(_ site: Int32, _ symbol: String) -> Bool {
    let callee = Site(index: Int(site))?.calleeMangled ?? ""
    return callee.isEmpty || callee == symbol || callee == symbol + "Tu"
  }
}

// Time ----------------------------------------------------------------------------------

private enum Clock {
  nonisolated(unsafe) private static var began: (ticks: UInt64, nanoseconds: UInt64) = (0, 0)

  /// Before the program begins.
  static func start() {
    measurePrices()
    began = (ray_ticks(), nanoseconds())
  }

  /// Ticks in a second, from how long the program ran; at least 5 ms, for some digits.
  static func frequency() -> Double {
    while nanoseconds() - began.nanoseconds < 5_000_000 { usleep(500) }
    let ticks = ray_ticks() - began.ticks
    return Double(ticks) * 1e9 / Double(nanoseconds() - began.nanoseconds)
  }

  private static func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// What rayc takes of a call, in ticks: inside of the callee's time, and of the caller's.
  struct Price { var inside: Int64 = 0, outside: Int64 = 0 }

  nonisolated(unsafe) static var function = Price(), primitive = Price()
  /// How far a measured call typically is from that.
  nonisolated(unsafe) static var residual = 0.0

  private static func measurePrices() {
    guard let call = first(.call), let entered = first(.function) else { return }
    guard let functions = measure(call, entered), let primitives = measure(call, nil),
      let whole = measureTree(call, entered)
    else { return }
    // How a call's cost is divided is seen best where all are alike; how much it is, where not.
    let scale = max(1, whole.best / (functions.inside + functions.outside))
    function = Price(
      inside: Int64(functions.inside * scale), outside: Int64(functions.outside * scale))
    primitive = Price(
      inside: Int64(primitives.inside * scale), outside: Int64(primitives.outside * scale))
    residual = whole.typical - whole.best
  }

  /// What a call takes among others that are not like it; without what it takes anyway.
  private static func measureTree(
    _ call: Int, _ entered: Int
  ) -> (best: Double, typical: Double)? {
    let size: UInt32 = 11
    let calls = 287.0
    var rounds: [Double] = []
    for _ in 0..<24 {
      var thread = ThreadProfile()
      thread.makeProbe(Int32(call), Int32(entered))
      defer { thread.deallocate() }
      let begin = ray_ticks()
      rayc_measure_nothing(size)
      let bare = ray_ticks() - begin
      let (isMeasured, all) = withUnsafeMutablePointer(to: &thread) { pointer in
        var value = Profile(thread: pointer)
        let begin = ray_ticks()
        let isMeasured = rayc_measure_calls(
          &value, MemoryLayout<Profile>.size, rayc_site_at(call), rayc_site_at(entered), 0, size)
        return (isMeasured, ray_ticks() - begin)
      }
      guard isMeasured else { return nil }
      rounds.append(Double(all > bare ? all - bare : 0) / calls)
    }
    rounds = rounds.dropFirst(8).sorted()
    return (rounds[0], rounds[rounds.count / 2])
  }

  private static func first(_ kind: Site.Kind) -> Int? {
    (0..<Site.count).first { Site(index: $0)?.kind == kind }
  }

  /// Calls of nothing, through the hooks as the program calls them: a call's average in the fastest
  /// of several rounds, which nothing has disturbed. Nil: there are several contexts.
  private static func measure(_ call: Int, _ entered: Int?) -> (inside: Double, outside: Double)? {
    let count = 512
    let price = entered == nil ? primitive : function
    var rounds: [(inside: Double, outside: Double)] = []
    for _ in 0..<24 {
      var thread = ThreadProfile()
      thread.makeProbe(Int32(call), entered.map { Int32($0) } ?? -2 - Int32(call))
      let (isMeasured, all) = withUnsafeMutablePointer(to: &thread) { pointer in
        var value = Profile(thread: pointer)
        let begin = ray_ticks()
        let isMeasured = rayc_measure_calls(
          &value, MemoryLayout<Profile>.size, rayc_site_at(call),
          entered.flatMap { rayc_site_at($0) }, count, 0)
        return (isMeasured, Double(ray_ticks() - begin))
      }
      defer { thread.deallocate() }
      guard isMeasured else { return nil }
      let inside = Double(thread.nodes.base[1].own)
      let measured = inside + Double(count) * Double(price.inside)
      rounds.append((inside / Double(count), (all - measured) / Double(count)))
    }
    // The first ones warm up.
    return rounds.dropFirst(8).min { $0.inside + $0.outside < $1.inside + $1.outside }
  }
}

// What is written -----------------------------------------------------------------------

/// The JSON of a profile.
private struct ProfileText {
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
    let price = Clock.function
    text = """
      {"schemaVersion": 1, "program": \(_quoted(Self.program)),
      "functions": [\(Self.list(functionTexts))],
      "nodes": [\(Self.list(nodes))],
      "links": [\(Self.list(links))],
      "lines": [\(Self.list(lines))],
      "threads": [\(Self.list(threads))],
      "clock": {"ticksPerSecond": \(Clock.frequency()), \
      "ticksPerCall": \(price.inside + price.outside), "residualTicks": \(Clock.residual)},
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
    let symbol = Symbols.whole(function)
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
        symbol: Symbols.resumed(symbol) ?? symbol, file: site.line > 0 ? site.file : "",
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

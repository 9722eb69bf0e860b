// Stage 5: what `profile` knows of one thread.
import CRay
import Glibc
import Ray

struct ProfileNode: BitwiseCopyable {
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
struct ProfileLink: BitwiseCopyable {
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

struct ThreadProfile {
  var sites = ProfileCounts()
  var nodes = ProfileBuffer<ProfileNode>()
  var links = ProfileBuffer<ProfileLink>()
  private var frames = ProfileBuffer<Frame>()
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
    _ = nodes.append(ProfileNode(parent: -1, function: -1))
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
    let price = frame.function >= 0 ? ProfileClock.function : ProfileClock.primitive
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
  mutating func link(_ caller: Int32, _ site: Int32, _ function: Int32) -> Int32 {
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
    var link = ProfileLink(caller: caller, site: site, function: function, callee: 0)
    let symbol = function >= 0 ? ProfileSymbols.function(function) : ""
    if function >= 0, let base = ProfileSymbols.resumed(symbol) {
      link.isResumption = true
      link.callee = ancestor(of: caller) { ProfileSymbols.whole($0) == base } ?? node(0, function)
    } else if function >= 0, site >= 0, !ProfileSymbols.calls(site, symbol) {
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
  mutating func makeProbe(_ site: Int32, _ function: Int32) {
    let callee = nodes.append(ProfileNode(parent: 0, function: function))
    for caller in [0, callee] {
      enterIntoTable(
        links.append(ProfileLink(caller: caller, site: site, function: function, callee: callee)))
    }
  }

  /// The node of a function below another: an ancestor where it is its own caller, through others
  /// or not.
  mutating func node(_ parent: Int32, _ function: Int32) -> Int32 {
    let symbol = ProfileSymbols.whole(function)
    if function >= 0,
      let known = ancestor(of: parent, where: { ProfileSymbols.whole($0) == symbol })
    {
      return known
    }
    // Few are made, so a search is enough.
    for index in 0..<nodes.count
    where nodes.base[index].parent == parent
      && ProfileSymbols.whole(nodes.base[index].function) == symbol
    {
      return Int32(index)
    }
    return nodes.append(ProfileNode(parent: parent, function: function))
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

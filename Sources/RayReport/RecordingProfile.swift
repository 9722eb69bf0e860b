// Stage 7: a profile made of a recording, by going through it once.
import FoundationEssentials
public import RayTrace

/// Makes a profile of a recording, and the index that saves others the work.
public struct RecordingProfile {
  private let recording: Recording
  private var names: RecordingNames
  private let style: NameStyle
  private let tree = CallTreeBuilder()
  private var threads: [Int: Thread] = [:]
  /// Of each site: what it is, and what a call of the runtime does with memory.
  private let kinds: [RecordedSite.Kind]
  private let memories: [Profile.Memory]
  private var counts: [UInt64]
  private var events: UInt64 = 0
  private var tailCalls: UInt64 = 0
  private var places: [RecordingIndex.Place] = []
  /// Every how manieth block has a place; doubled when there are too many.
  private var placeDistance = 1
  private var blockCount = 0

  private struct Thread {
    var calls = OpenCalls<CallTreeBuilder.Open>()
    var events: UInt64 = 0
    var begin: UInt64
    var end: UInt64
  }

  /// The profile of a recording: from its index, or by reading all of it. What was found out is
  /// left in the file, if that can be written.
  ///
  /// - Parameter progress: called now and then with the number of events so far.
  public static func profile(
    of recording: Recording, path: String, _ style: NameStyle,
    progress: (UInt64) -> Void = { _ in }
  ) -> (profile: Profile, index: RecordingIndex) {
    if let index = recording.index,
      let profile = try? JSONDecoder().decode(Profile.self, from: Data(index.profile))
    {
      return (profile, index)
    }
    var reader = RecordingProfile(recording, style)
    reader.readAll(progress)
    let profile = reader.profile()
    var index = reader.index()
    index.profile = (try? JSONEncoder().encode(profile)).map { Array($0) } ?? []
    // Of a program that still runs, there is more to come.
    if recording.ending != nil || !isRunning(recording.file.header.process) {
      index.write(to: path)
    }
    return (profile, index)
  }

  private init(_ recording: Recording, _ style: NameStyle) {
    self.recording = recording
    self.style = style
    names = RecordingNames(recording.sites, style)
    kinds = recording.sites.map(\.kind)
    memories = recording.sites.map { memory($0.callee) }
    counts = Array(repeating: 0, count: 3 * recording.sites.count)
  }

  private mutating func readAll(_ progress: (UInt64) -> Void) {
    let unknown = names.number(of: "", style)
    recording.forEachBlock { block in
      let header = block.chunk.header
      var thread =
        threads.removeValue(forKey: block.thread)
        ?? Thread(begin: header.begin, end: header.begin)
      addPlace(block, thread)
      let before = events
      if thread.events == 0 { thread.end = header.begin }
      recording.readCodes(block) { codes, times in read(codes, times, &thread, unknown) }
      thread.events += events - before
      threads[block.thread] = thread
      if blockCount % 256 == 0 { progress(events) }
      return true
    }
    for (number, thread) in threads.sorted(by: { $0.key < $1.key }) {
      var thread = thread
      tree.time = thread.end
      thread.calls.endAll(actions(unknown))
      threads[number] = thread
    }
  }

  private func actions(_ unknown: Int32) -> OpenCalls<CallTreeBuilder.Open>.Actions {
    let (tree, callee) = (tree, names.callee)
    return .init(
      bind: { frame, parent in
        let called = frame.site >= 0 ? callee[frame.site] : -1
        let function = frame.function >= 0 ? Int32(frame.function) : called >= 0 ? called : unknown
        tree.begin(&frame.payload, site: frame.site, function: function, parent: parent?.node ?? 0)
      },
      end: { frame, isKnown, caller in
        // Not behind `caller?`: without a caller it would not be evaluated.
        let duration = tree.end(frame.payload, isKnown: isKnown)
        caller?.inner += duration
      })
  }

  private mutating func read(
    _ codes: UnsafeBufferPointer<UInt32>, _ times: UnsafeBufferPointer<UInt64>,
    _ thread: inout Thread, _ unknown: Int32
  ) {
    var time = thread.end
    tree.time = time
    let actions = actions(unknown)
    for (index, code) in codes.enumerated() {
      // The counters of two processors need not agree: a thread that moves may go back in time.
      if !times.isEmpty {
        time = max(time, times[index])
        tree.time = time
      }
      counts[Int(code)] += 1
      let site = Int(code / 3)
      let happened = code % 3 == 0
      switch kinds[site] {
      case .call:
        if happened {
          thread.calls.call(site, .init(begin: time), actions)
        } else {
          thread.calls.end(site, actions)
        }
      case .function:
        let function = Int(names.function[site])
        if happened {
          thread.calls.enter(function, callee: names.callee, .init(begin: time), actions)
        } else if thread.calls.leave(function, actions) {
          tailCalls += 1
        }
      case .runtimeCall where happened:
        let frames = thread.calls.frames
        let node = frames.last(where: { $0.function != -1 && !$0.isLeft })?.payload.node
        tree.addMemory(memories[site], to: node ?? 0)
      default: break
      }
    }
    events += UInt64(codes.count)
    thread.end = time
  }

  private mutating func addPlace(_ block: Recording.Block, _ thread: Thread) {
    defer { blockCount += 1 }
    guard blockCount % placeDistance == 0 else { return }
    let frames = thread.calls.frames
    places.append(
      RecordingIndex.Place(
        position: block.chunk.position, thread: UInt32(block.thread),
        depth: UInt32(frames.count), event: thread.events,
        calls: frames.suffix(RecordingIndex.Place.maximalCalls).map { UInt32(max(0, $0.site)) }))
    if places.count > 1 << 16 {
      places = places.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      placeDistance *= 2
    }
  }

  private func index() -> RecordingIndex {
    var index = RecordingIndex()
    index.tables = recording.tables
    index.ending = recording.endingPosition
    index.damagedBlocks = recording.damagedBlocks
    index.events = events
    index.counts = counts
    index.places = places
    return index
  }

  private func profile() -> Profile {
    var profile = Profile()
    let program = recording.file.program
    profile.program = String(program.split(separator: "/").last ?? program[...])
    profile.functions = names.functions
    profile.nodes = tree.nodes
    profile.nodes[0].totalTicks = threads.values.reduce(0) { $0 + ($1.end &- $1.begin) }
    let sites = recording.sites
    var lineNumbers: [String: Int] = [:]
    func line(_ site: Int) -> Int {
      let place = sites[site]
      let function = names.function[site]
      let key = "\(function):\(place.line):\(place.file)"
      if let known = lineNumbers[key] { return known }
      profile.lines.append(
        Profile.Line(function: Int(function), file: place.file, line: place.line))
      lineNumbers[key] = profile.lines.count - 1
      return profile.lines.count - 1
    }
    for link in tree.links {
      let site = sites[Int(link.site)]
      profile.links.append(
        Profile.Link(
          caller: Int(link.caller), callee: Int(link.callee),
          file: site.file.isEmpty ? nil : site.file, line: site.line, calls: link.calls,
          ticks: recording.file.isTimed ? link.ticks : 0))
      if recording.file.isTimed { profile.lines[line(Int(link.site))].calledTicks += link.ticks }
    }
    for (number, site) in sites.enumerated() where counts[3 * number] > 0 {
      let count = counts[3 * number]
      switch site.kind {
      case .call: profile.lines[line(number)].calls += count
      case .load: profile.lines[line(number)].loads += count
      case .runtimeCall:
        profile.unseen.runtimeCalls += count
        var sum = memory(site.callee)
        sum.retains *= count
        sum.releases *= count
        sum.allocations *= count
        profile.lines[line(number)].memory += sum
      default: break
      }
    }
    for node in profile.nodes
    where node.function >= 0 && profile.functions[node.function].isPrimitive {
      profile.unseen.primitiveCalls += node.calls
    }
    profile.unseen.tailCalls = tailCalls
    profile.unseen.unfinishedCalls = tree.unfinished
    for (number, thread) in threads.sorted(by: { $0.key < $1.key }) {
      profile.threads.append(
        Profile.Thread(
          number: number, name: number == 0 ? "main" : "",
          ticks: recording.file.isTimed ? thread.end &- thread.begin : 0))
    }
    if recording.file.isTimed {
      profile.clock = Profile.Clock(
        ticksPerSecond: recording.ticksPerSecond ?? 0, ticksPerCall: 0, residualTicks: 0)
    } else {
      // Times of blocks are no times of calls.
      for index in profile.nodes.indices {
        (profile.nodes[index].selfTicks, profile.nodes[index].totalTicks) = (0, 0)
      }
    }
    return profile
  }
}

/// What a function of the Swift runtime does with memory.
func memory(_ callee: String) -> Profile.Memory {
  var memory = Profile.Memory()
  if callee.contains("etain") {
    memory.retains = 1
  } else if callee.contains("elease") {
    memory.releases = 1
  } else if callee.contains("alloc"), !callee.contains("dealloc") {
    memory.allocations = 1
  }
  return memory
}

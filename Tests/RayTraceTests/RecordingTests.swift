import CTape
import Foundation
import RayReport
import Testing

@testable import RayTrace

/// Files as the writer leaves them, whole, cut off and damaged.
@Suite struct RecordingTests {
  @Test func sitesAndEventsAreRead() throws {
    let file = FileMaker()
    file.addSites(["f", "g"])
    file.addEvents(thread: 0, sequence: 0, [16, 19, 20, 17])
    file.addEnding(stopped: 0)
    let recording = try file.recording()
    #expect(recording.sites.map(\.callee) == ["f", "g"])
    #expect(recording.sites[1].line == 2)
    #expect(recording.cut == nil)
    #expect(recording.ending != nil)
    #expect(events(recording) == [[0, 0], [1, 0], [1, 1], [0, 1]])
  }

  @Test func aRecordingThatWasCutShortSaysSoThoughTheProgramDidNot() throws {
    let file = FileMaker()
    file.addSites(["f"])
    file.addEnding(stopped: 28, ticks: 0)
    let recording = try file.recording()
    #expect(recording.cut == .failed(errno: 28))
    #expect(recording.ending == nil)
  }

  @Test func numbersOf28BitsAreRead() throws {
    let file = FileMaker()
    file.addSites((0..<30_000).map { "f\($0)" })
    let number = UInt32(16 + 3 * 29_999 + 2)
    file.addEvents(
      thread: 0, sequence: 0,
      [UInt16(0xF000 | number >> 16), UInt16(truncatingIfNeeded: number), 16])
    #expect(events(try file.recording()) == [[29_999, 2], [0, 0]])
  }

  @Test func valuesBelongToTheEventBefore() throws {
    let file = FileMaker()
    file.addSites(["f"])
    let text: [UInt16] = [UInt16(RAY_TAPE_VALUE), 3, 0x6261, 0x63]
    file.addEvents(thread: 0, sequence: 0, [16] + text + [UInt16(RAY_TAPE_REDACTED), 17])
    let recording = try file.recording()
    var items: [RecordedItem] = []
    recording.forEachBlock { block in
      recording.read(block) { reader in while let item = reader.next() { items.append(item) } }
    }
    #expect(
      items == [
        .event(site: 0, outcome: 0), .value("abc"), .value(nil), .event(site: 0, outcome: 1),
      ])
  }

  @Test func timesAreDistances() throws {
    let file = FileMaker(flags: UInt32(RAY_TAPE_IS_TIMED))
    file.addSites(["f"])
    file.addEvents(
      thread: 0, sequence: 0, [16, 0xFFFF, 0x1000, 0, 0, 0, 17, 5, 16, 7], begin: 0x0F00)
    let recording = try file.recording()
    var times: [UInt64] = []
    recording.forEachBlock { block in
      recording.read(block) { reader in while reader.next() != nil { times.append(reader.time) } }
    }
    #expect(times == [0x1000, 0x1005, 0x100C])
  }

  /// A thread that moves to another processor may find an earlier time there.
  @Test func timesThatGoBackTakeNoTime() throws {
    let file = FileMaker(flags: UInt32(RAY_TAPE_IS_TIMED))
    file.addSites(["f", "g"])
    let back: [UInt16] = [0xFFFF, 0x0F80, 0, 0, 0]
    // f begins, g begins and returns earlier, f returns.
    file.addEvents(
      thread: 0, sequence: 0, [16, 0xFFFF, 0x1000, 0, 0, 0, 19, 2, 20] + back + [17, 5],
      begin: 0x0F00)
    file.addEnding(stopped: 0, ticks: 0x2000)
    let recording = try file.recording()
    let style = NameStyle(demangled: { $0 }, shortened: { $0 })
    let profile = RecordingProfile.profile(of: recording, path: "/dev/null", style).profile
    #expect(profile.links.map(\.calls) == [1, 1])
    #expect(profile.links.map(\.ticks) == [2, 0])
  }

  @Test func aFileThatWasCutOffIsReadUpToTheLastWholeBlock() throws {
    let file = FileMaker()
    file.addSites(["f"])
    file.addEvents(thread: 0, sequence: 0, [16, 17])
    let whole = file.bytes.count
    file.addEvents(thread: 0, sequence: 1, Array(repeating: 16, count: 100))
    for length in [whole, whole + 10, whole + 64, file.bytes.count - 1] {
      let cut = FileMaker(file.bytes.prefix(length))
      #expect(events(try cut.recording()) == [[0, 0], [0, 1]], "\(length)")
    }
  }

  @Test func holesAndDamagedBlocksAreLeftOut() throws {
    let file = FileMaker()
    file.addSites(["f"])
    file.addEvents(thread: 0, sequence: 0, [16])
    let begin = file.bytes.count
    file.addEvents(thread: 0, sequence: 1, [17, 17, 17])
    let end = file.bytes.count
    file.addEvents(thread: 0, sequence: 2, [18])
    // A block whose room was taken and never written.
    var hole = file.bytes
    for index in begin..<end { hole[index] = 0 }
    #expect(events(try FileMaker(hole).recording()) == [[0, 0], [0, 2]])
    var damaged = file.bytes
    damaged[end - 1] ^= 1
    let recording = try FileMaker(damaged).recording()
    #expect(events(recording) == [[0, 0], [0, 2]])
    #expect(recording.damagedBlocks == 1)
  }

  @Test func aThreadsOwnBlockCountsWhereItIsNewer() throws {
    let file = FileMaker()
    file.addSites(["f"])
    // It was packed, and the program ended before the thread's own block was emptied.
    file.addEvents(thread: 0, sequence: 3, [16, 17], kind: RAY_CHUNK_LIVE)
    file.addEvents(thread: 0, sequence: 3, [16, 17])
    #expect(events(try file.recording()).count == 2)
    file.addEvents(thread: 1, sequence: 0, [18, 0, 17], kind: RAY_CHUNK_LIVE)
    #expect(events(try file.recording()) == [[0, 0], [0, 1], [0, 2]])
  }

  @Test func ofBlocksThatGoRoundTheNewestWithoutAGapAreRead() throws {
    let file = FileMaker(flags: UInt32(RAY_TAPE_IS_RING))
    file.addSites(["f"])
    for (sequence, number) in [(5, 18), (6, 17), (1, 16), (4, 16)] {
      file.addEvents(thread: 0, sequence: UInt64(sequence), [UInt16(number)])
    }
    #expect(events(try file.recording()) == [[0, 0], [0, 2], [0, 1]])
  }

  @Test func whatIsNoRecordingIsRefused() throws {
    #expect(throws: RecordingProblem.noRecording) { try FileMaker([1, 2, 3]).recording() }
    #expect(throws: RecordingProblem.noRecording) {
      try FileMaker(Array(repeating: 65, count: 10_000)).recording()
    }
    #expect(throws: RecordingProblem.tooNew(version: 9)) {
      try FileMaker(version: 9).recording()
    }
    #expect(throws: RecordingProblem.cannotRead(errno: ENOENT)) {
      try Recording(path: "/nowhere/at/all")
    }
  }

  @Test func anIndexIsReadBack() throws {
    let file = FileMaker()
    file.addSites(["f"])
    file.addEvents(thread: 0, sequence: 0, [16, 17])
    let path = try file.write()
    defer { try? FileManager.default.removeItem(atPath: path) }
    var index = RecordingIndex()
    index.tables = try Recording(path: path).tables
    index.events = 2
    index.counts = [1, 1, 300]
    index.profile = Array("{}".utf8)
    index.places = [.init(position: 4096, thread: 0, depth: 5, event: 0, calls: [1, 2, 300])]
    #expect(index.write(to: path))
    let recording = try Recording(path: path)
    #expect(recording.index == index)
    #expect(recording.sites.count == 1)
    #expect(events(recording).count == 2)
  }

  private func events(_ recording: Recording) -> [[Int]] {
    var events: [[Int]] = []
    recording.forEachBlock { block in
      recording.read(block) { reader in
        while let item = reader.next() {
          if case .event(let site, let outcome) = item { events.append([site, outcome]) }
        }
      }
      return true
    }
    return events
  }
}

extension Recording {
  fileprivate func forEachBlock(_ body: (Block) -> Void) {
    forEachBlock { block in
      body(block)
      return true
    }
  }
}

/// Makes the bytes of a recording.
private final class FileMaker {
  var bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  init(flags: UInt32 = 0, version: UInt16 = 1) {
    var header = ray_tape_header()
    header.magic = RAY_TAPE_MAGIC_NUMBER
    (header.version, header.reader, header.flags) = (version, version, flags)
    bytes = withUnsafeBytes(of: header) { Array($0) }
    bytes += Array(repeating: 0, count: Int(RAY_TAPE_HEADER_SIZE) - bytes.count)
  }

  private func add(_ chunk: ray_chunk, _ payload: [UInt8]) {
    var chunk = chunk
    bytes += Array(repeating: 0, count: (64 - bytes.count % 64) % 64)
    chunk.magic = RAY_TAPE_CHUNK_MAGIC_NUMBER
    chunk.length = UInt32(payload.count)
    if chunk.unpacked == 0 { chunk.unpacked = chunk.length }
    chunk.sum = ray_tape_sum(payload, payload.count)
    chunk.header_sum = ray_chunk_sum(&chunk)
    bytes += withUnsafeBytes(of: chunk) { Array($0) } + payload
  }

  func addSites(_ callees: [String]) {
    var strings: [UInt8] = []
    var records: [UInt8] = []
    func string(_ text: String) -> UInt32 {
      defer { strings += Array(text.utf8) + [0] }
      return UInt32(strings.count + 1)
    }
    for (index, callee) in callees.enumerated() {
      var site = ray_tape_site()
      site.id = UInt64(index)
      site.line = UInt32(index + 1)
      site.function = string("main")
      site.callee = string(callee)
      records += withUnsafeBytes(of: site) { Array($0) }
    }
    let table = ray_tape_table(
      first: 0, count: UInt32(callees.count), strings_length: UInt32(strings.count), unused: 0)
    var chunk = ray_chunk()
    chunk.kind = UInt32(RAY_CHUNK_SITES)
    add(chunk, withUnsafeBytes(of: table) { Array($0) } + records + strings)
  }

  func addEvents(
    thread: UInt32, sequence: UInt64, _ numbers: [UInt16], kind: Int = RAY_CHUNK_RAW,
    begin: UInt64 = 0
  ) {
    var chunk = ray_chunk()
    chunk.kind = UInt32(kind)
    (chunk.thread, chunk.sequence, chunk.begin) = (thread, sequence, begin)
    add(chunk, numbers.withUnsafeBytes { Array($0) })
  }

  func addEnding(stopped: UInt32, ticks: UInt64 = 10) {
    var chunk = ray_chunk()
    chunk.kind = UInt32(RAY_CHUNK_END)
    let ending = ray_tape_ending(ticks: ticks, nanoseconds: 20, stopped: stopped, threads: 1)
    add(chunk, withUnsafeBytes(of: ending) { Array($0) })
  }

  func write() throws -> String {
    let path = NSTemporaryDirectory() + "rayc-recording-\(UUID().uuidString)"
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  func recording() throws -> Recording {
    let path = try write()
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try Recording(path: path)
  }
}

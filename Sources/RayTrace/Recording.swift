// Stage 6: a recording: its sites, its threads' blocks in order, and how it ended.
import CTape
import Glibc

/// A recording, ready to be read.
public final class Recording {
  public let file: RecordingFile
  /// The program's sites; events name them by their place here.
  public private(set) var sites: [RecordedSite] = []
  /// How the program ended; nil: it did not say, so it was killed, or it runs still.
  public private(set) var ending: Ending?
  /// Why the recording ended before the program did.
  public private(set) var cut: Cut?
  /// Blocks that were damaged and are left out.
  public internal(set) var damagedBlocks = 0
  private var isTimed: [Bool] = []

  /// What the program said at its end.
  public struct Ending: Equatable, Sendable {
    public var ticks: UInt64
    public var nanoseconds: UInt64
    public var threads: Int
  }

  public enum Cut: Equatable, Sendable {
    /// `--max-size`, `--max-time`.
    case size, time
    /// The system could not write.
    case failed(errno: Int32)
  }

  /// One block of a thread.
  public struct Block: Sendable {
    public var chunk: RecordingFile.Chunk
    public var thread: Int { Int(chunk.header.thread) }
    public var sequence: UInt64 { chunk.header.sequence }
  }

  /// Reads the sites and the ending; of the events, only where they are.
  ///
  /// - Throws: `RecordingProblem`.
  public init(path: String) throws(RecordingProblem) {
    file = try RecordingFile(path: path)
    if let index = RecordingIndex(of: file) {
      self.index = index
      for position in index.tables { file.chunk(at: position).map(takeTable) }
      if let position = index.ending { file.chunk(at: position).map(takeEnding) }
      damagedBlocks = index.damagedBlocks
    } else {
      file.forEachChunk { chunk in
        takeTable(chunk)
        takeEnding(chunk)
        if chunk.header.kind == UInt32(RAY_CHUNK_SITES) { tables.append(chunk.position) }
        if chunk.header.kind == UInt32(RAY_CHUNK_END) { endingPosition = chunk.position }
        return true
      }
    }
    isTimed = sites.map { file.isTimed && ($0.kind == .call || $0.kind == .runtimeCall) }
  }

  public private(set) var index: RecordingIndex?
  public private(set) var tables: [UInt64] = []
  public private(set) var endingPosition: UInt64?

  private func takeTable(_ chunk: RecordingFile.Chunk) {
    guard chunk.header.kind == UInt32(RAY_CHUNK_SITES) else { return }
    guard let bytes = file.payload(of: chunk), let table = RecordedSite.table(bytes),
      table.first == sites.count
    else {
      damagedBlocks += 1
      return
    }
    sites += table.sites
  }

  private func takeEnding(_ chunk: RecordingFile.Chunk) {
    guard chunk.header.kind == UInt32(RAY_CHUNK_END),
      let bytes = file.payload(of: chunk), bytes.count >= MemoryLayout<ray_tape_ending>.size
    else { return }
    let record = bytes.withUnsafeBytes { $0.loadUnaligned(as: ray_tape_ending.self) }
    cut =
      switch record.stopped {
      case 0: nil
      case UInt32(RAY_TAPE_FULL): .size
      case UInt32(RAY_TAPE_LATE): .time
      default: .failed(errno: Int32(record.stopped))
      }
    guard record.ticks > 0 else { return }
    ending = Ending(
      ticks: record.ticks, nanoseconds: record.nanoseconds, threads: Int(record.threads))
  }

  /// Calls `body` with the blocks of all threads: each thread's in their order.
  ///
  /// Memory: where they are in the file is kept only for those that go round and for the newest of
  /// each thread.
  public func forEachBlock(
    from begin: UInt64 = UInt64(RAY_TAPE_HEADER_SIZE), _ body: (Block) throws -> Bool
  ) rethrows {
    var newest: [UInt32: UInt64] = [:]
    var live: [Block] = []
    var round: [Block] = []
    var goesOn = true
    try file.forEachChunk(from: begin) { chunk in
      switch chunk.header.kind {
      case UInt32(RAY_CHUNK_LIVE): live.append(Block(chunk: chunk))
      case UInt32(RAY_CHUNK_EVENTS), UInt32(RAY_CHUNK_RAW):
        if file.isRing {
          round.append(Block(chunk: chunk))
        } else {
          newest[chunk.header.thread] = chunk.header.sequence
          goesOn = try body(Block(chunk: chunk))
        }
      default: break
      }
      return goesOn
    }
    guard goesOn else { return }
    for block in Self.unbroken(round) {
      newest[block.chunk.header.thread] = block.sequence
      if try !body(block) { return }
    }
    // A block that was written while the thread's own was not yet emptied.
    for block in live where newest[block.chunk.header.thread].map({ $0 < block.sequence }) ?? true {
      if try !body(block) { return }
    }
  }

  /// Of blocks that were overwritten in part, each thread's newest without a gap.
  private static func unbroken(_ blocks: [Block]) -> [Block] {
    let sorted = blocks.sorted { ($0.thread, $0.sequence) < ($1.thread, $1.sequence) }
    var kept: [Block] = []
    var begin = 0
    for block in sorted {
      if let last = kept.last, last.thread != block.thread {
        begin = kept.count
      } else if let last = kept.last, last.sequence + 1 != block.sequence {
        kept.removeSubrange(begin...)
      }
      kept.append(block)
    }
    return kept
  }

  /// Calls `body` with a reader of a block's events. False: the block is damaged.
  @discardableResult
  public func read(_ block: Block, _ body: (inout EventReader) -> Void) -> Bool {
    guard let bytes = file.payload(of: block.chunk) else {
      damagedBlocks += 1
      return false
    }
    let isPacked = block.chunk.header.kind == UInt32(RAY_CHUNK_EVENTS)
    let capacity = Int(block.chunk.header.unpacked) / 2
    let isWhole = withUnsafeTemporaryAllocation(of: UInt16.self, capacity: max(1, capacity)) {
      numbers in
      if isPacked {
        guard ray_tape_unpack(bytes, bytes.count, numbers.baseAddress!, capacity) == capacity else {
          return false
        }
      } else {
        bytes.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(numbers).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: $0.prefix(2 * capacity)))
        }
      }
      return isTimed.withUnsafeBufferPointer { isTimed in
        var reader = EventReader(
          UnsafeBufferPointer(start: numbers.baseAddress, count: capacity), isTimed: isTimed,
          begin: block.chunk.header.begin)
        body(&reader)
        return !reader.isDamaged
      }
    }
    if !isWhole { damagedBlocks += 1 }
    return isWhole
  }

  /// Calls `body` with all events of a block at once, each as site × 3 + outcome, and in a
  /// recording with times with when each was, in ticks. Values are left out.
  public func readCodes(
    _ block: Block, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt64>) -> Void
  ) {
    let capacity = max(1, Int(block.chunk.header.unpacked) / 2)
    let timeCapacity = file.isTimed ? capacity : 1
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: capacity) { codes in
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: timeCapacity) { times in
        var count = 0
        read(block) { reader in
          while true {
            let code = reader.nextCode()
            if code < 0 { break }
            codes[count] = UInt32(truncatingIfNeeded: code)
            if timeCapacity > 1 { times[count] = reader.time }
            count += 1
          }
        }
        body(
          UnsafeBufferPointer(rebasing: codes[..<count]),
          UnsafeBufferPointer(rebasing: times[..<(timeCapacity > 1 ? count : 0)]))
      }
    }
  }

  /// How many ticks a second has; nil where the recording is too short to say.
  public var ticksPerSecond: Double? {
    guard let ending, ending.nanoseconds > file.header.begin_nanoseconds else { return nil }
    let seconds = Double(ending.nanoseconds - file.header.begin_nanoseconds) / 1e9
    return Double(ending.ticks &- file.header.begin_ticks) / seconds
  }
}

/// Whether a process of that number is there.
public func isRunning(_ process: UInt32) -> Bool {
  kill(pid_t(process), 0) == 0 || errno == EPERM
}

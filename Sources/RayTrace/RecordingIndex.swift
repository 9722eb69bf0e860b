// Stage 6: what was found out when a recording was read for the first time, kept in its file.
import CTape
import Glibc

/// What the first reader of a recording leaves for the next ones, so that they need not read it
/// all: where things are, a summary, and places to begin at.
public struct RecordingIndex: Equatable, Sendable {
  /// Where the tables of sites and the ending are.
  public var tables: [UInt64] = []
  public var ending: UInt64?
  public var damagedBlocks = 0
  public var events: UInt64 = 0
  /// How often each site had each outcome: three numbers for each site.
  public var counts: [UInt64] = []
  /// The profile, as the report's own text.
  public var profile: [UInt8] = []
  /// Places to begin reading at, in the order in which blocks are read.
  public var places: [Place] = []

  /// A block, and what was before it.
  public struct Place: Equatable, Sendable {
    public var position: UInt64
    public var thread: UInt32
    /// How many calls the thread was in.
    public var depth: UInt32
    /// How many events the thread had before.
    public var event: UInt64
    /// The innermost of these calls, outermost first, as sites.
    public var calls: [UInt32]

    public static let maximalCalls = 24

    public init(position: UInt64, thread: UInt32, depth: UInt32, event: UInt64, calls: [UInt32]) {
      (self.position, self.thread, self.depth) = (position, thread, depth)
      (self.event, self.calls) = (event, calls)
    }
  }

  public init() {}

  /// The index of a file; nil where it has none, or one that does not fit.
  init?(of file: RecordingFile) {
    guard file.header.index != 0, let chunk = file.chunk(at: file.header.index),
      chunk.header.kind == UInt32(RAY_CHUNK_INDEX), let bytes = file.payload(of: chunk)
    else { return nil }
    var reader = NumberReader(bytes)
    guard reader.take() == Self.version else { return nil }
    tables = reader.takeArray()
    ending = reader.take().flatMap { $0 == 0 ? nil : $0 }
    damagedBlocks = Int(reader.take() ?? 0)
    events = reader.take() ?? 0
    counts = reader.takeArray()
    profile = reader.takeBytes()
    let count = reader.take() ?? 0
    for _ in 0..<count {
      guard let position = reader.take(), let thread = reader.take(), let depth = reader.take(),
        let event = reader.take()
      else { return nil }
      places.append(
        Place(
          position: position, thread: UInt32(truncatingIfNeeded: thread),
          depth: UInt32(truncatingIfNeeded: depth), event: event,
          calls: reader.takeArray().map { UInt32(truncatingIfNeeded: $0) }))
    }
    if reader.isShort { return nil }
  }

  private static let version: UInt64 = 1

  /// Puts the index at the end of a recording's file. False: the file cannot be written, and
  /// whoever reads it next will have to read it all.
  @discardableResult
  public func write(to path: String) -> Bool {
    var writer = NumberWriter()
    writer.put(Self.version)
    writer.put(tables)
    writer.put(ending ?? 0)
    writer.put(UInt64(damagedBlocks))
    writer.put(events)
    writer.put(counts)
    writer.put(bytes: profile)
    writer.put(UInt64(places.count))
    for place in places {
      writer.put(place.position)
      writer.put(UInt64(place.thread))
      writer.put(UInt64(place.depth))
      writer.put(place.event)
      writer.put(place.calls.map(UInt64.init))
    }
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // Another reader, or the program itself, may be writing.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return false }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return false }
    let alignment = Int(RAY_TAPE_CHUNK_ALIGNMENT)
    let position = (Int(status.st_size) + alignment - 1) / alignment * alignment
    var chunk = ray_chunk()
    chunk.magic = RAY_TAPE_CHUNK_MAGIC_NUMBER
    chunk.kind = UInt32(RAY_CHUNK_INDEX)
    guard let length = UInt32(exactly: writer.bytes.count) else { return false }
    (chunk.length, chunk.unpacked) = (length, length)
    chunk.sum = ray_tape_sum(writer.bytes, writer.bytes.count)
    chunk.header_sum = ray_chunk_sum(&chunk)
    let head = withUnsafeBytes(of: chunk) { Array($0) }
    guard Self.write(descriptor, head + writer.bytes, at: position) else {
      ftruncate(descriptor, status.st_size)
      return false
    }
    let place = withUnsafeBytes(of: UInt64(position)) { Array($0) }
    return Self.write(descriptor, place, at: MemoryLayout<ray_tape_header>.offset(of: \.index)!)
  }

  private static func write(_ descriptor: Int32, _ bytes: [UInt8], at position: Int) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress! + done, bytes.count - done, off_t(position + done))
      }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return false }
      done += count
    }
    return true
  }
}

/// Numbers in as few bytes as they need: seven bits in each, the lowest first.
struct NumberWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func put(_ numbers: [UInt64]) {
    put(UInt64(numbers.count))
    for number in numbers { put(number) }
  }

  mutating func put(bytes more: [UInt8]) {
    put(UInt64(more.count))
    bytes += more
  }
}

struct NumberReader {
  private let bytes: [UInt8]
  private var position = 0
  private(set) var isShort = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func take() -> UInt64? {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard position < bytes.count else { break }
      let byte = bytes[position]
      position += 1
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return result }
    }
    isShort = true
    return nil
  }

  mutating func takeArray() -> [UInt64] {
    guard let count = take(), count <= UInt64(bytes.count - position) else {
      isShort = true
      return []
    }
    return (0..<count).map { _ in take() ?? 0 }
  }

  mutating func takeBytes() -> [UInt8] {
    guard let count = take(), count <= UInt64(bytes.count - position) else {
      isShort = true
      return []
    }
    defer { position += Int(count) }
    return Array(bytes[position..<(position + Int(count))])
  }
}

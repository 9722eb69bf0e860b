// Stage 6: a recording's file: its header and its chunks. Documentation/Recording.md describes it.
public import CTape
import Glibc

/// Why a file cannot be read as a recording.
public enum RecordingProblem: Error, Equatable, Sendable {
  case cannotRead(errno: Int32)
  /// It does not begin like one.
  case noRecording
  /// It asks for a newer reader.
  case tooNew(version: Int)
}

/// A recording's file. Chunks are read one at a time, so memory does not grow with the file.
public final class RecordingFile {
  public let descriptor: Int32
  public let header: ray_tape_header
  /// The program that ran, and what the user asked of the recording.
  public let program: String
  public let arguments: String
  public let length: UInt64

  /// - Throws: `RecordingProblem`.
  public init(path: String) throws(RecordingProblem) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotRead(errno: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .cannotRead(errno: errno) }
    length = UInt64(status.st_size)
    var page = [UInt8](repeating: 0, count: Int(RAY_TAPE_HEADER_SIZE))
    guard Self.read(descriptor, &page, at: 0) == page.count else { throw .noRecording }
    header = page.withUnsafeBytes { $0.loadUnaligned(as: ray_tape_header.self) }
    guard header.magic == RAY_TAPE_MAGIC_NUMBER else { throw .noRecording }
    guard header.reader <= RAY_TAPE_VERSION else { throw .tooNew(version: Int(header.version)) }
    let texts = page[MemoryLayout<ray_tape_header>.size...].prefix(Int(header.text_length))
      .split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
      .map { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    program = texts.first ?? ""
    arguments = texts.count > 1 ? texts[1] : ""
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  public var isTimed: Bool { header.flags & UInt32(RAY_TAPE_IS_TIMED) != 0 }
  public var isRing: Bool { header.flags & UInt32(RAY_TAPE_IS_RING) != 0 }

  /// A chunk of the file: its header and where it is.
  public struct Chunk: Sendable {
    public var position: UInt64
    public var header: ray_chunk
    /// Whether a thread writes there.
    public var isLive: Bool { header.kind == UInt32(RAY_CHUNK_LIVE) }
    var end: UInt64 { position + UInt64(MemoryLayout<ray_chunk>.size) + UInt64(header.length) }
  }

  /// The chunk at a position; nil: there is none.
  public func chunk(at position: UInt64) -> Chunk? {
    var header = ray_chunk()
    let size = MemoryLayout<ray_chunk>.size
    let count = withUnsafeMutableBytes(of: &header) {
      pread(descriptor, $0.baseAddress, size, off_t(position))
    }
    guard count == size, header.magic == RAY_TAPE_CHUNK_MAGIC_NUMBER,
      header.header_sum == ray_chunk_sum(&header)
    else { return nil }
    let chunk = Chunk(position: position, header: header)
    return chunk.end <= length ? chunk : nil
  }

  /// Calls `body` with each chunk, in the order of the file, until it returns false. What is cut
  /// off or overwritten is passed over.
  public func forEachChunk(
    from begin: UInt64 = UInt64(RAY_TAPE_HEADER_SIZE), _ body: (Chunk) throws -> Bool
  ) rethrows {
    let alignment = UInt64(RAY_TAPE_CHUNK_ALIGNMENT)
    var position = begin
    while position + alignment <= length {
      guard let chunk = chunk(at: position) else {
        position = nextCandidate(after: position)
        continue
      }
      if try !body(chunk) { return }
      position = (chunk.end + alignment - 1) / alignment * alignment
    }
  }

  /// Where the next chunk may begin: a word that looks like its magic number.
  private func nextCandidate(after position: UInt64) -> UInt64 {
    let alignment = UInt64(RAY_TAPE_CHUNK_ALIGNMENT)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var begin = position + alignment
    while begin < length {
      let count = Self.read(descriptor, &buffer, at: begin)
      guard count > 0 else { break }
      let found = buffer.withUnsafeBytes { bytes in
        stride(from: 0, to: count - 3, by: Int(alignment)).first {
          bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self) == RAY_TAPE_CHUNK_MAGIC_NUMBER
        }
      }
      if let found { return begin + UInt64(found) }
      begin += UInt64(buffer.count)
    }
    return length
  }

  /// A chunk's payload; nil where it is damaged.
  public func payload(of chunk: Chunk) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: Int(chunk.header.length))
    let position = chunk.position + UInt64(MemoryLayout<ray_chunk>.size)
    guard Self.read(descriptor, &bytes, at: position) == bytes.count else { return nil }
    guard chunk.isLive || ray_tape_sum(bytes, bytes.count) == chunk.header.sum else { return nil }
    return bytes
  }

  /// Reads as much as there is.
  private static func read(_ descriptor: Int32, _ bytes: inout [UInt8], at position: UInt64) -> Int
  {
    bytes.withUnsafeMutableBytes { bytes in
      var count = 0
      while count < bytes.count {
        let got = pread(
          descriptor, bytes.baseAddress! + count, bytes.count - count,
          off_t(position) + off_t(count))
        if got < 0 && errno == EINTR { continue }
        if got <= 0 { break }
        count += got
      }
      return count
    }
  }
}

// The importer leaves macros with a cast out.
let RAY_TAPE_MAGIC_NUMBER: UInt64 = 0x6365_7220_6379_6172
let RAY_TAPE_CHUNK_MAGIC_NUMBER: UInt32 = 0x4b4e_4843

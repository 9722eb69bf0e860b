// Stage 6: the events of one block.
import CTape

/// What a block holds, one after the other.
public enum RecordedItem: Equatable, Sendable {
  /// `outcome` is RAY_TAPE_HAPPENED, …RETURNED or …THREW; at a function, its beginning or end.
  case event(site: Int, outcome: Int)
  /// A value of the event before; nil: it was redacted.
  case value(String?)
  /// How many bytes the event before was about.
  case size(UInt64)
}

/// Reads the events of one block.
public struct EventReader {
  private let numbers: UnsafeBufferPointer<UInt16>
  private let isTimed: UnsafeBufferPointer<Bool>
  private var position = 0
  /// When the last timed event was, in ticks; at first when the block was begun.
  public private(set) var time: UInt64
  /// Whether the block holds what no event can be.
  public private(set) var isDamaged = false

  /// - Parameters:
  ///   - isTimed: for each site, whether its events have times.
  init(
    _ numbers: UnsafeBufferPointer<UInt16>, isTimed: UnsafeBufferPointer<Bool>, begin: UInt64
  ) {
    (self.numbers, self.isTimed, time) = (numbers, isTimed, begin)
  }

  @inline(__always)
  private mutating func take() -> UInt16? {
    guard position < numbers.count else { return nil }
    defer { position += 1 }
    return numbers[position]
  }

  private mutating func take64() -> UInt64? {
    var result: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 16) {
      guard let number = take() else { return nil }
      result |= UInt64(number) << UInt64(shift)
    }
    return result
  }

  /// The next event as site × 3 + outcome, passing over what belongs to events; -1: there is none.
  @inline(__always)
  mutating func nextCode() -> Int {
    while true {
      guard let number = take(), number != UInt16(RAY_TAPE_END) else { return -1 }
      if number >= UInt16(RAY_TAPE_FIRST_EVENT) {
        if let code = code(number) { return code }
        return -1
      }
      if item(number) == nil { return -1 }
    }
  }

  /// The next item; nil: there is none.
  public mutating func next() -> RecordedItem? {
    guard let number = take(), number != UInt16(RAY_TAPE_END) else { return nil }
    guard number >= UInt16(RAY_TAPE_FIRST_EVENT) else { return item(number) }
    guard let code = code(number) else { return nil }
    let outcomes = Int(RAY_TAPE_OUTCOMES)
    return .event(site: code / outcomes, outcome: code % outcomes)
  }

  @inline(__always)
  private mutating func code(_ number: UInt16) -> Int? {
    var code = Int(number)
    if number >= UInt16(RAY_TAPE_FAR) {
      guard let rest = take() else { return damaged() }
      code = (code & 0xFFF) << 16 | Int(rest)
    }
    code -= Int(RAY_TAPE_FIRST_EVENT)
    let site = code / Int(RAY_TAPE_OUTCOMES)
    guard site < isTimed.count else { return damaged() }
    if isTimed[site] {
      guard let distance = take() else { return damaged() }
      if distance == UInt16(RAY_TAPE_LONG_TIME) {
        guard let absolute = take64() else { return damaged() }
        time = absolute
      } else {
        time &+= UInt64(distance)
      }
    }
    return code
  }

  private mutating func item(_ number: UInt16) -> RecordedItem? {
    switch Int(number) {
    case Int(RAY_TAPE_REDACTED): return .value(nil)
    case Int(RAY_TAPE_SIZE):
      guard let size = take64() else { return damaged() }
      return .size(size)
    case Int(RAY_TAPE_VALUE):
      guard let length = take(), position + (Int(length) + 1) / 2 <= numbers.count else {
        return damaged()
      }
      let bytes = UnsafeRawBufferPointer(numbers)[(2 * position)...].prefix(Int(length))
      position += (Int(length) + 1) / 2
      return .value(String(decoding: bytes, as: UTF8.self))
    default: return damaged()
    }
  }

  private mutating func damaged<Result>() -> Result? {
    isDamaged = true
    return nil
  }
}

import CTape
import Testing

/// What is packed comes out again, and nothing that is no packed stream is believed.
@Suite struct PackTests {
  private func pack(_ numbers: [UInt16]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: 4 * numbers.count + 16)
    var places = [UInt16](repeating: 0, count: Int(RAY_PACK_PLACES))
    let length = ray_tape_pack(numbers, numbers.count, &out, out.count, &places)
    return Array(out.prefix(length))
  }

  private func unpack(_ bytes: [UInt8], capacity: Int) -> [UInt16]? {
    var out = [UInt16](repeating: 0, count: capacity)
    let count = ray_tape_unpack(bytes, bytes.count, &out, capacity)
    return count == Int(bitPattern: UInt.max) ? nil : Array(out.prefix(count))
  }

  static let streams: [[UInt16]] = {
    var generator = Numbers(state: 7)
    var streams: [[UInt16]] = [
      [], [1], [1, 2, 3], [5, 5, 5, 5, 5], Array(repeating: 9, count: 32_000),
      Array(0..<32_000).map { UInt16($0 % 17 + 16) }, (0..<32_000).map { UInt16($0) },
    ]
    for period in [1, 2, 3, 5, 300] {
      var stream: [UInt16] = []
      for index in 0..<20_000 {
        stream.append(UInt16(index % period) + (generator.next() % 50 == 0 ? 1 : 0))
      }
      streams.append(stream)
    }
    streams.append((0..<32_700).map { _ in UInt16(truncatingIfNeeded: generator.next()) })
    return streams
  }()

  @Test(arguments: streams) func comesOutAgain(_ numbers: [UInt16]) {
    #expect(unpack(pack(numbers), capacity: numbers.count) == numbers)
  }

  @Test func whatRepeatsItselfGetsShort() {
    #expect(pack(Array(repeating: 9, count: 32_000)).count < 200)
    #expect(pack((0..<32_000).map { UInt16($0 % 17 + 16) }).count < 300)
  }

  @Test func damagedStreamsAreRefusedOrWithinBounds() {
    var generator = Numbers(state: 3)
    let numbers = Self.streams[9]
    let packed = pack(numbers)
    for _ in 0..<2000 {
      var damaged = packed
      damaged[Int(generator.next() % UInt64(damaged.count))] ^= UInt8(1 + generator.next() % 255)
      let result = unpack(damaged, capacity: numbers.count)
      #expect((result?.count ?? 0) <= numbers.count)
      _ = unpack(Array(packed.prefix(Int(generator.next() % UInt64(packed.count)))), capacity: 50)
    }
  }
}

/// A row of numbers that is the same in every run.
struct Numbers {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}

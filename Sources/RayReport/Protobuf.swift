// Stage 7: the few forms of Protocol Buffers that pprof and Perfetto files are made of.

/// Writes the fields of one message.
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  /// A number; 0 is what a field has that is not there.
  mutating func add(_ field: Int, _ value: UInt64) {
    varint(UInt64(field << 3))
    varint(value)
  }

  mutating func add(_ field: Int, _ text: String) { add(field, bytes: Array(text.utf8)) }

  mutating func add(_ field: Int, _ message: ProtobufMessage) { add(field, bytes: message.bytes) }

  /// Numbers without a key for each.
  mutating func add(_ field: Int, packed values: [UInt64]) {
    var packed = ProtobufMessage()
    for value in values { packed.varint(value) }
    add(field, packed)
  }

  private mutating func add(_ field: Int, bytes content: [UInt8]) {
    varint(UInt64(field << 3 | 2))
    varint(UInt64(content.count))
    bytes += content
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

// Stage 7: the format of pprof (github.com/google/pprof, proto/profile.proto).

/// A profile for `pprof`: each stack with calls, time, retains, allocations and bytes. A function's
/// `system_name` is its symbol.
struct PprofWriter {
  private var strings: [String: Int] = ["": 0]
  private var table = [""]
  private(set) var bytes: [UInt8] = []

  init(_ profile: Profile) {
    var message = ProtobufMessage()
    for (type, unit) in [
      ("calls", "count"), ("time", "nanoseconds"), ("retains", "count"),
      ("allocations", "count"), ("allocated", "bytes"),
    ] {
      message.add(1, valueType(type, unit))
    }
    for index in profile.nodes.indices.dropFirst() {
      let node = profile.nodes[index]
      var sample = ProtobufMessage()
      // The innermost first; locations count from 1.
      sample.add(1, packed: profile.path(to: index).reversed().map { UInt64($0 + 1) })
      sample.add(
        2,
        packed: [
          node.calls, profile.nanoseconds(node.selfTicks), node.memory.retains,
          node.memory.allocations, node.memory.allocatedBytes,
        ])
      message.add(2, sample)
    }
    for (index, function) in profile.functions.enumerated() {
      var line = ProtobufMessage()
      line.add(1, UInt64(index + 1))
      line.add(2, UInt64(function.line))
      var location = ProtobufMessage()
      location.add(1, UInt64(index + 1))
      location.add(4, line)
      message.add(4, location)
    }
    for (index, function) in profile.functions.enumerated() {
      var entry = ProtobufMessage()
      entry.add(1, UInt64(index + 1))
      entry.add(2, string(function.shortName))
      entry.add(3, string(function.symbol))
      entry.add(4, string(function.file ?? ""))
      entry.add(5, UInt64(function.line))
      message.add(5, entry)
    }
    let defaultType = string("time")
    for text in table { message.add(6, text) }
    message.add(10, profile.nanoseconds(profile.nodes.first?.totalTicks ?? 0))
    message.add(14, defaultType)
    bytes = message.bytes
  }

  private mutating func valueType(_ type: String, _ unit: String) -> ProtobufMessage {
    var message = ProtobufMessage()
    message.add(1, string(type))
    message.add(2, string(unit))
    return message
  }

  private mutating func string(_ text: String) -> UInt64 {
    if let known = strings[text] { return UInt64(known) }
    strings[text] = table.count
    table.append(text)
    return UInt64(table.count - 1)
  }
}

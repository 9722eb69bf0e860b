// Stage 7: the format of Perfetto (perfetto.dev), as nested slices.

/// A profile as a trace of one track: each node of the tree of calls is a slice that lasts as long
/// as all its calls did together. It shows where time went, not when.
struct PerfettoWriter {
  private let profile: Profile
  private let children: [[Int]]
  private var trace = ProtobufMessage()
  var bytes: [UInt8] { trace.bytes }

  private static let track: UInt64 = 1
  private static let sliceBegin: UInt64 = 1, sliceEnd: UInt64 = 2

  init(_ profile: Profile) {
    self.profile = profile
    var children = [[Int]](repeating: [], count: profile.nodes.count)
    for index in profile.nodes.indices.dropFirst() {
      children[profile.nodes[index].parent].append(index)
    }
    self.children = children
    var descriptor = ProtobufMessage()
    descriptor.add(1, Self.track)
    descriptor.add(2, "\(profile.program): time by call")
    var packet = ProtobufMessage()
    packet.add(60, descriptor)
    packet.add(10, 1)
    // The sequence's state begins here.
    packet.add(13, 1)
    trace.add(1, packet)
    var now: UInt64 = 0
    for child in children.first ?? [] { write(child, &now) }
  }

  private mutating func write(_ index: Int, _ now: inout UInt64) {
    let node = profile.nodes[index]
    event(Self.sliceBegin, at: now, of: index)
    now += profile.nanoseconds(node.selfTicks)
    for child in children[index] { write(child, &now) }
    event(Self.sliceEnd, at: now, of: index)
  }

  private mutating func event(_ type: UInt64, at time: UInt64, of index: Int) {
    let node = profile.nodes[index]
    var event = ProtobufMessage()
    event.add(9, type)
    event.add(11, Self.track)
    if type == Self.sliceBegin {
      event.add(23, profile.functions[node.function].shortName)
      event.add(22, "rayc")
      for (name, value) in [
        ("calls", node.calls), ("retains", node.memory.retains),
        ("allocations", node.memory.allocations), ("bytes", node.memory.allocatedBytes),
      ] {
        var annotation = ProtobufMessage()
        annotation.add(10, name)
        annotation.add(3, value)
        event.add(4, annotation)
      }
      var symbol = ProtobufMessage()
      symbol.add(10, "symbol")
      symbol.add(6, profile.functions[node.function].symbol)
      event.add(4, symbol)
    }
    var packet = ProtobufMessage()
    packet.add(8, time)
    packet.add(10, 1)
    packet.add(11, event)
    trace.add(1, packet)
  }
}

// Data-flow graphs: recorded from outside, of one call of a function that was named.

/// Waits for a call of a function and records it. For `rayc graph data`.
public final class ObservedCalls: @unchecked Sendable {
  private let recorder = GraphRecorder.shared
  private let function: String
  private let names: [String]
  /// The number of the call to record, from 1.
  private let number: Int
  private var seen = 0
  /// The calls of the function that are running inside the recorded one, itself included: whether
  /// each was seen by its caller.
  private var frames: [Bool] = []
  private var isDone = false
  /// A call was announced that has not begun.
  private var isEntering = false

  private var kept: [UnsafeMutableRawPointer] = []
  /// The numbers that come in registers, in order.
  private var waiting: [(leaf: ValueLayout.Leaf, tag: UInt64)] = []
  /// Arguments that come by their address.
  private var large: [ValueLayout] = []
  private var returned: [GraphRecorder.Value] = []
  private var result: ValueLayout?
  public private(set) var problem: (any Error)?

  /// - Parameters:
  ///   - function: the function's name, for the graph.
  ///   - names: of its parameters, where they are known.
  public init(function: String, names: [String], number: Int) {
    self.function = function
    self.names = names
    self.number = number
  }

  /// Whether the call was seen.
  public var isRecorded: Bool { isDone || !frames.isEmpty }
  public var calls: Int { seen }

  /// A call of the function is about to happen, with these arguments.
  public func willCall(_ arguments: [Any]) {
    guard !isDone else { return }
    isEntering = true
    begin(seenByCaller: true)
    guard frames.count == 1 else { return }
    for (index, argument) in arguments.enumerated() {
      let name = index < names.count ? names[index] : "$\(index)"
      do {
        try add(argument, name)
      } catch {
        problem = problem ?? error
      }
    }
  }

  private func begin(seenByCaller: Bool) {
    if frames.isEmpty {
      seen += 1
      guard seen == number else { return }
      recorder.begin(function)
    }
    frames.append(seenByCaller)
  }

  private func add(_ argument: Any, _ name: String) throws {
    let layout = try keep(argument, name)
    for leaf in layout.leaves {
      let tag = recorder.makeInput(leaf)
      // Elements of an array are shared with the program's; the rest comes in registers.
      recorder.setTag(tag, on: leaf)
      if leaf.path.count == 1 { waiting.append((leaf, tag)) }
    }
    if layout.leaves.count(where: { $0.path.count == 1 }) > 4 { large.append(layout) }
    recorder.add(layout.described)
  }

  /// Takes a copy apart, which stays.
  private func keep(_ value: Any, _ name: String) throws -> ValueLayout {
    func open<T>(_ value: T) throws -> ValueLayout {
      let memory = UnsafeMutablePointer<T>.allocate(capacity: 1)
      memory.initialize(to: value)
      kept.append(memory)
      return try ValueLayout(of: T.self, named: name, at: memory)
    }
    return try _openExistential(value, do: open)
  }

  /// The function has begun: a scalar of its parameters.
  ///
  /// - Parameter bits: the value as it is passed, which may be an address.
  /// - Returns: its tag.
  public func parameter(_ value: GraphRecorder.Value, bits: UInt64, _ index: Int) -> UInt64 {
    guard !isDone else { return value.tag }
    if index == 0 {
      if !isEntering { begin(seenByCaller: false) }
      isEntering = false
    }
    guard frames.count == 1 else { return value.tag }
    guard let scalar = value.scalar else {
      if let address = UnsafeRawPointer(bitPattern: UInt(bits)) { attachStruct(at: address) }
      return value.tag
    }
    if frames == [false] { return input(scalar, index) }
    // A scalar of an array or of a struct in memory is not among the registers.
    guard let next = waiting.firstIndex(where: { $0.leaf.scalar == scalar }) else {
      return value.tag
    }
    return waiting.remove(at: next).tag
  }

  /// A struct of more than four words is passed by its address.
  private func attachStruct(at address: UnsafeRawPointer) {
    guard let next = large.firstIndex(where: { $0.lies(at: address) }) else { return }
    for leaf in large.remove(at: next).leaves where leaf.path.count == 1 {
      guard let place = waiting.firstIndex(where: { $0.leaf.address == leaf.address }) else {
        continue
      }
      var there = leaf
      there.address = address + leaf.path[0]
      recorder.setTag(waiting.remove(at: place).tag, on: there)
    }
  }

  /// A call through a pointer: all that is known of a parameter is what the machine passes.
  private func input(_ scalar: Scalar, _ index: Int) -> UInt64 {
    do {
      func add<T>(_ value: T) throws -> UInt64 {
        try self.add(value, index < names.count ? names[index] : "$\(index)")
        return waiting.popLast()?.tag ?? 0
      }
      switch scalar.type {
      case .double: return try add(scalar.double)
      case .float: return try add(scalar.float)
      case .bool: return try add(scalar.bool)
      case .int8: return try add(Int8(scalar.int))
      case .int16: return try add(Int16(scalar.int))
      case .int32: return try add(Int32(scalar.int))
      case .int64: return try add(Int(scalar.int))
      }
    } catch {
      problem = problem ?? error
      return 0
    }
  }

  /// The function is about to return a scalar.
  public func willReturn(_ value: GraphRecorder.Value, _ index: Int) {
    guard !isDone, let last = frames.last else { return }
    if frames.count == 1 {
      if index == 0 { returned = [] }
      returned.append(value)
      // Nothing tells of the end of a call through a pointer but this.
      if !last { recorder.end() }
    } else if !last, index == 0 {
      frames.removeLast()
    }
  }

  /// The first scalar of the call's result, as the caller gets it.
  public func resultScalar(_ value: GraphRecorder.Value) {
    if !isDone, frames.count == 1, returned.isEmpty { returned = [value] }
  }

  /// The call's result is there, in its own type.
  public func result<T>(_ value: T) {
    guard !isDone, frames == [true] else { return }
    do {
      result = try keep(value, "result")
    } catch {
      problem = problem ?? error
    }
  }

  /// The call is over.
  public func didCall() {
    guard !isDone, let last = frames.last, last else { return }
    isEntering = false
    frames.removeLast()
    if frames.isEmpty { finish() }
  }

  private func finish() {
    isDone = true
    recorder.end()
    if let lost = waiting.first?.leaf.name { problem = problem ?? GraphError.notFollowed(lost) }
    guard let result else { return finishWithoutType() }
    var rest = returned[...]
    let outputs = result.leaves.map { leaf -> (ValueLayout.Leaf, tag: UInt64) in
      guard leaf.path.count == 1, let next = rest.firstIndex(where: { $0.scalar == leaf.scalar })
      else { return (leaf, recorder.tag(of: leaf)) }
      let tag = rest[next].tag
      rest = rest[(next + 1)...]
      return (leaf, tag)
    }
    recorder.setResult(result.described, outputs)
  }

  /// The recorded graph.
  public func graph() throws -> Graph {
    if !isDone { finish() }
    return try recorder.finished()
  }

  /// The result's type did not come: a call through a pointer. Its scalars are the outputs.
  private func finishWithoutType() {
    var offset = 0
    var leaves: [(ValueLayout.Leaf, tag: UInt64)] = []
    var values = returned.map { $0.scalar?.bits ?? 0 }
    values.withUnsafeMutableBytes { bytes in
      for (index, value) in returned.enumerated() {
        guard let scalar = value.scalar else { continue }
        offset = (offset + scalar.type.size - 1) & ~(scalar.type.size - 1)
        let name = returned.count == 1 ? "result" : "result.\(index)"
        leaves.append(
          (
            ValueLayout.Leaf(
              name: name, type: scalar.type, swiftType: scalar.type.swiftName, path: [offset],
              address: UnsafeRawPointer(bytes.baseAddress! + index * 8)), value.tag
          ))
        offset += scalar.type.size
      }
      let types = leaves.map(\.0.swiftType)
      let type = types.count == 1 ? types[0] : "(\(types.joined(separator: ", ")))"
      recorder.setResult(
        Graph.Parameter(name: "result", type: type, size: offset, alignment: 8), leaves)
    }
  }
}

extension ValueLayout {
  /// Whether the same numbers lie there.
  fileprivate func lies(at address: UnsafeRawPointer) -> Bool {
    leaves.allSatisfy { leaf in
      leaf.path.count > 1 || Scalar(leaf.type, at: address + leaf.path[0]) == leaf.scalar
    }
  }
}

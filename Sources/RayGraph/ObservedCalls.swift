// Data-flow graphs: recorded from outside, of one call of a function that was named.

/// Waits for a call of a function and records it. For `rayc graph data`.
public final class ObservedCalls: @unchecked Sendable {
  private let recorder = GraphRecorder.shared
  private let function: String
  private let names: [String]
  /// The number of the call to record, from 1.
  private let number: Int
  private var seen = 0
  /// How many calls of the function are running inside the recorded one, itself included.
  private var depth = 0
  private var isDone = false

  /// The arguments as the caller had them: they come before the function begins.
  private var arguments: [Any] = []
  private var layouts: [ValueLayout] = []
  private var kept: [UnsafeMutableRawPointer] = []
  /// The numbers that come in registers, in order.
  private var waiting: ArraySlice<(leaf: ValueLayout.Leaf, tag: UInt64)> = []
  private var returned: [GraphRecorder.Value] = []
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
  public var isRecorded: Bool { isDone }
  public var calls: Int { seen }

  /// A call of the function is about to happen, with these arguments.
  public func willCall(_ arguments: [Any]) {
    if depth == 0, !isDone { self.arguments = arguments }
  }

  /// The function has begun: a scalar of its parameters.
  /// - Returns: its tag.
  public func parameter(_ value: GraphRecorder.Value, _ index: Int) -> UInt64 {
    if index == 0 { begin() }
    guard depth == 1, !isDone, let scalar = value.scalar else { return value.tag }
    // A scalar of an array or of a struct in memory is not among the registers.
    guard let next = waiting.firstIndex(where: { $0.leaf.scalar == scalar }) else {
      return value.tag
    }
    let tag = waiting[next].tag
    waiting = waiting[(next + 1)...]
    return tag
  }

  private func begin() {
    guard !isDone else { return }
    if depth > 0 {
      depth += 1
      return
    }
    seen += 1
    guard seen == number else { return }
    depth = 1
    recorder.begin(function)
    for (index, argument) in arguments.enumerated() {
      let name = index < names.count ? names[index] : "$\(index)"
      do {
        try add(argument, name)
      } catch {
        problem = problem ?? error
      }
    }
    arguments = []
  }

  private func add(_ argument: Any, _ name: String) throws {
    func open<T>(_ value: T) throws -> ValueLayout {
      let memory = UnsafeMutablePointer<T>.allocate(capacity: 1)
      memory.initialize(to: value)
      kept.append(memory)
      return try ValueLayout(of: T.self, named: name, at: memory)
    }
    let layout = try _openExistential(argument, do: open)
    for leaf in layout.leaves {
      let tag = recorder.makeInput(leaf)
      // Elements of an array are shared with the program's; the rest comes in registers.
      recorder.setTag(tag, on: leaf)
      if leaf.path.count == 1 { waiting.append((leaf, tag)) }
    }
    recorder.add(layout.described)
  }

  /// The function is about to return a scalar.
  public func willReturn(_ value: GraphRecorder.Value, _ index: Int) {
    guard depth > 0 else { return }
    if depth > 1 {
      if index == 0 { depth -= 1 }
      return
    }
    if index == 0 {
      returned = []
      recorder.end()
      isDone = true
    }
    returned.append(value)
  }

  /// The call's result is there, in its own type.
  public func result<T>(_ value: T) {
    guard isDone, depth == 1 else { return }
    depth = 0
    do {
      try withUnsafeBytes(of: value) { bytes in
        guard let address = bytes.baseAddress else { return }
        let layout = try ValueLayout(of: T.self, named: "result", at: address)
        var rest = returned[...]
        let outputs = layout.leaves.map { leaf -> (ValueLayout.Leaf, tag: UInt64) in
          if leaf.path.count > 1 { return (leaf, recorder.tag(of: leaf)) }
          guard let next = rest.firstIndex(where: { $0.scalar == leaf.scalar }) else {
            return (leaf, recorder.tag(of: leaf))
          }
          let tag = rest[next].tag
          rest = rest[(next + 1)...]
          return (leaf, tag)
        }
        recorder.setResult(layout.described, outputs)
      }
    } catch {
      problem = problem ?? error
    }
  }

  /// The recorded graph.
  public func graph() throws -> Graph {
    if depth == 1 { finishWithoutType() }
    return try recorder.finished()
  }

  /// The result's type did not come: a call through a pointer. Its scalars are the outputs.
  private func finishWithoutType() {
    depth = 0
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

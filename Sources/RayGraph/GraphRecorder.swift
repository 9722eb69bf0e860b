// Data-flow graphs: how one is recorded. What a program does comes from the context `DataGraph`.
import Glibc

/// Makes a graph of what a call does. There is one for a process; it can be used by any thread.
public final class GraphRecorder: @unchecked Sendable {
  public static let shared = GraphRecorder()

  /// A value and the number that goes along with it, by which the recorder knows it.
  public struct Value: Sendable {
    /// Nil: a value that graphs have no type for.
    public var scalar: Scalar?
    public var tag: UInt64

    public init(_ scalar: Scalar?, tag: UInt64) {
      self.scalar = scalar
      self.tag = tag
    }
  }

  /// How numbers are put beside values in memory, and read.
  public struct Memory: Sendable {
    var set: @Sendable (UnsafeRawPointer, Int, UInt64) -> Void
    var get: @Sendable (UnsafeRawPointer, Int) -> UInt64

    public init(
      set: @escaping @Sendable (UnsafeRawPointer, Int, UInt64) -> Void,
      get: @escaping @Sendable (UnsafeRawPointer, Int) -> UInt64
    ) {
      self.set = set
      self.get = get
    }
  }

  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  /// Nil: nobody watches this program.
  private var memory: Memory?
  private var graph = Graph(function: "")
  private var isOpen = false
  /// Tags of earlier recordings may still lie in memory.
  private var generation: UInt64 = 0
  /// The nodes whose values are guarded.
  private var required: Set<Int> = []
  private var lost: [String: Int] = [:]

  private init() {
    lock = .allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
  }

  private func locked<T>(_ body: () throws -> T) rethrows -> T {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return try body()
  }

  /// Says that the program's operations come here from now on.
  public func connect(_ memory: Memory) { locked { self.memory = memory } }

  public var isConnected: Bool { locked { memory != nil } }
  public var isRecording: Bool { locked { isOpen } }

  // MARK: A recording

  /// Begins a graph.
  public func begin(_ function: String) {
    locked {
      generation += 1
      isOpen = true
      graph = Graph(function: function)
      required = []
      lost = [:]
    }
  }

  /// Ends recording. Outputs may still be named.
  public func end() { locked { isOpen = false } }

  /// The graph, checked.
  public func finished() throws -> Graph {
    try locked {
      graph.lost = lost.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { Graph.Lost(callee: $0.key, count: $0.value) }
      try graph.check()
      return graph
    }
  }

  /// Makes inputs of all numbers of a value in memory.
  /// - Throws: `GraphError.unsupportedType`.
  func parameter(_ type: Any.Type, named name: String, at address: UnsafeRawPointer) throws {
    let layout = try ValueLayout(of: type, named: name, at: address)
    locked {
      for leaf in layout.leaves {
        let tag = input(leaf.name, leaf.scalar, leaf.swiftType, leaf.path)
        memory?.set(leaf.address, leaf.type.size, tag)
      }
      graph.parameters.append(layout.described)
    }
  }

  /// Makes outputs of all numbers of a value in memory.
  /// - Throws: `GraphError.unsupportedType`.
  public func result(_ type: Any.Type, at address: UnsafeRawPointer) throws {
    let layout = try ValueLayout(of: type, named: "result", at: address)
    locked {
      graph.result = layout.described
      graph.outputs = layout.leaves.map { leaf in
        let tag = memory?.get(leaf.address, leaf.type.size) ?? 0
        return Graph.Output(
          name: leaf.name, type: leaf.swiftType, path: leaf.path,
          operand: operand(leaf.scalar, tag))
      }
    }
  }

  /// Adds a parameter whose numbers `input` makes one by one.
  func add(_ parameter: Graph.Parameter) { locked { graph.parameters.append(parameter) } }

  func setResult(_ result: Graph.Parameter, _ outputs: [(ValueLayout.Leaf, tag: UInt64)]) {
    locked {
      graph.result = result
      graph.outputs = outputs.map { leaf, tag in
        Graph.Output(
          name: leaf.name, type: leaf.swiftType, path: leaf.path,
          operand: operand(leaf.scalar, tag))
      }
    }
  }

  /// Makes an input of the parameter that is added next. Returns its tag.
  func makeInput(_ leaf: ValueLayout.Leaf) -> UInt64 {
    locked { input(leaf.name, leaf.scalar, leaf.swiftType, leaf.path) }
  }

  func setTag(_ tag: UInt64, on leaf: ValueLayout.Leaf) {
    locked { memory?.set(leaf.address, leaf.type.size, tag) }
  }

  func tag(of leaf: ValueLayout.Leaf) -> UInt64 {
    locked { memory?.get(leaf.address, leaf.type.size) ?? 0 }
  }

  private func input(_ name: String, _ scalar: Scalar, _ swiftType: String, _ path: [Int]) -> UInt64
  {
    let place = Graph.Place(parameter: graph.parameters.count, path: path)
    return append(
      .input(name: name, place), [], scalar, location: nil, swiftType: swiftType)
  }

  // MARK: What the program does

  /// An operation of the machine.
  ///
  /// - Parameter step: what it does; nil for one that graphs do not have.
  /// - Returns: the tag of its result.
  public func operation(
    _ step: Node.Kind?, _ result: Scalar?, _ values: [Value],
    at location: @autoclosure () -> SourceLocation
  ) -> UInt64 {
    locked {
      guard isOpen, values.contains(where: { node($0.tag) != nil }) else { return 0 }
      guard let step, let result, let scalars = values.scalars, step.accepts(scalars, result) else {
        specialize(values, at: location())
        return 0
      }
      let operands = zip(scalars, values).map { operand($0, $1.tag) }
      return append(step, operands, result, location: location())
    }
  }

  /// Control flow depends on a value.
  public func branch(_ value: Value, at location: @autoclosure () -> SourceLocation) {
    locked {
      guard isOpen, node(value.tag) != nil else { return }
      specialize([value], at: location())
    }
  }

  /// A call of a function that rayc does not see into.
  ///
  /// - Parameter symbol: nil for one that is known at run time only.
  /// - Returns: the tag of its result.
  public func call(
    _ name: String, symbol: String?, _ values: [Value], _ result: Scalar?,
    at location: @autoclosure () -> SourceLocation
  ) -> UInt64 {
    locked {
      guard isOpen, values.contains(where: { node($0.tag) != nil }) else { return 0 }
      let isSwift = symbol?.hasPrefix("$s") ?? true
      guard let symbol, !isSwift, let scalars = values.scalars,
        ForeignFunction.takes(scalars.map(\.type))
      else {
        // It holds for the values that it was called with.
        lost[name, default: 0] += 1
        specialize(values, at: location())
        return 0
      }
      let callee = Callee(
        name: name, symbol: symbol, isPure: Callee.mathFunctions.contains(symbol))
      let operands = zip(scalars, values).map { operand($0, $1.tag) }
      return append(.call(callee), operands, result ?? Scalar(0), location: location())
    }
  }

  // MARK: Nodes

  private func node(_ tag: UInt64) -> Int? {
    guard tag != 0, tag >> 32 == generation else { return nil }
    return Int(tag & 0xffff_ffff) - 1
  }

  private func operand(_ scalar: Scalar, _ tag: UInt64) -> Operand {
    guard let id = node(tag), id < graph.nodes.count else { return .constant(scalar) }
    let made = graph.nodes[id].type
    guard made != scalar.type else { return .node(id) }
    // Memory was written as one type and is read as another.
    let opcode: Opcode? =
      made.bits == scalar.type.bits
      ? .bitcast
      : made.isFloatingPoint || scalar.type.isFloatingPoint
        ? nil : made.bits < scalar.type.bits ? .zext : .truncate
    guard let opcode,
      let value = opcode.evaluate([graph.nodes[id].scalar], type: scalar.type), value == scalar
    else {
      require(id, at: nil)
      return .constant(scalar)
    }
    let tag = append(.operation(opcode), [.node(id)], scalar, location: graph.nodes[id].location)
    return .node(node(tag)!)
  }

  private func append(
    _ kind: Node.Kind, _ operands: [Operand], _ value: Scalar, location: SourceLocation?,
    swiftType: String? = nil
  ) -> UInt64 {
    let id = graph.nodes.count
    graph.nodes.append(
      Node(
        id: id, kind, operands, type: value.type, swiftType: swiftType, value: value.bits,
        location: location))
    return generation << 32 | UInt64(id + 1)
  }

  /// From here on the graph holds for these values alone: each that came from an input is guarded.
  private func specialize(_ values: [Value], at location: SourceLocation) {
    for value in values {
      guard let id = node(value.tag), id < graph.nodes.count else { continue }
      require(id, at: location)
    }
  }

  private func require(_ id: Int, at location: SourceLocation?) {
    guard required.insert(id).inserted else { return }
    let node = graph.nodes[id]
    _ = append(.require(node.value), [.node(id)], node.scalar, location: location)
  }
}

extension [GraphRecorder.Value] {
  /// All values, if graphs have types for them.
  fileprivate var scalars: [Scalar]? {
    let scalars = compactMap(\.scalar)
    return scalars.count == count ? scalars : nil
  }
}

extension Node.Kind {
  fileprivate func accepts(_ operands: [Scalar], _ result: Scalar) -> Bool {
    guard case .operation(let opcode) = self else { return true }
    return opcode.accepts(operands.map(\.type), result: result.type)
  }
}

extension ValueLayout.Leaf {
  /// The number that lies there now.
  var scalar: Scalar { Scalar(type, at: address) }
}

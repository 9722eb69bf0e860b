// Data-flow graphs: as functions with Swift types.

/// A graph with the type of the function that it was recorded of.
public struct FunctionGraph<Output, each Input>: Sendable {
  public var graph: Graph

  /// - Throws: `GraphError.wrongType` or `.wrongParameters` if the graph is of another function.
  public init(_ graph: Graph) throws {
    self.graph = graph
    var given: [Graph.Parameter] = []
    for type in repeat (each Input).self { given.append(Self.parameter(type)) }
    guard given.count == graph.parameters.count else {
      throw GraphError.wrongParameters(recorded: graph.parameters.count, given: given.count)
    }
    for (recorded, given) in zip(
      graph.parameters + [graph.result], given + [Self.parameter(Output.self)])
    where (recorded.type, recorded.size, recorded.alignment) != (
      given.type, given.size, given.alignment
    ) {
      throw GraphError.wrongType(
        parameter: recorded.name, recorded: recorded.type, given: given.type)
    }
  }

  private static func parameter<T>(_ type: T.Type) -> Graph.Parameter {
    Graph.Parameter(
      name: "", type: swiftTypeName(type), size: MemoryLayout<T>.size,
      alignment: MemoryLayout<T>.alignment)
  }

  /// The same results with fewer nodes: see ``Graph/optimized()``.
  public func optimized() -> Self {
    var copy = self
    copy.graph = graph.optimized()
    return copy
  }

  /// Makes native code of the graph. Cost: about a tenth of a second.
  ///
  /// - Throws: `GraphError.cannotCompile`, or `.cannotCall` for a graph that cannot be run.
  public func compiled() throws -> CompiledGraph<Output, repeat each Input> {
    try CompiledGraph(graph)
  }

  /// The same as a function of the original's type, which takes the inputs that the graph does not
  /// hold for to another function, mostly the original.
  ///
  /// - Throws: also `GraphError.cannotFallBack`, if the graph has effects before a guard.
  public func compiled(
    otherwise original: @escaping (repeat each Input) -> Output
  ) throws -> (repeat each Input) -> Output {
    try graph.checkFallback()
    let compiled = try compiled()
    return { (input: repeat each Input) in
      guard let result = try? compiled(repeat each input) else {
        return original(repeat each input)
      }
      return result
    }
  }

  /// Runs the graph by the interpreter.
  /// - Throws: `GraphError.guardFailed` for inputs that take another path.
  public func callAsFunction(_ input: repeat each Input) throws -> Output {
    let arguments = (repeat each input)
    return try withUnsafeBytes(of: arguments) { bytes in
      let memory = ArgumentMemory(graph, bytes.baseAddress)
      try memory.checkCounts()
      return try graph.withResult { result in
        for (output, value) in zip(graph.outputs, try graph.run(try memory.inputs())) {
          value.store(at: ArgumentMemory.follow(output.path, from: result))
        }
      }
    }
  }
}

extension FunctionGraph {
  /// Whether a function gives the same as the graph, to the bit, for some input: best one that the
  /// graph was not recorded with. A value that rayc could not follow is constant in the graph, and
  /// this shows it. NaNs are the same.
  ///
  /// - Throws: `GraphError.guardFailed` for an input that takes another path.
  public func agrees(
    with function: (repeat each Input) throws -> Output, on input: repeat each Input
  ) throws -> Bool {
    let expected = try Self.numbers(in: try function(repeat each input))
    let found = try Self.numbers(in: try self(repeat each input))
    return expected.count == found.count
      && zip(expected, found).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
  }

  private static func numbers(in result: Output) throws -> [Scalar] {
    try withUnsafeBytes(of: result) { bytes in
      guard let address = bytes.baseAddress else { return [] }
      return try ValueLayout(of: Output.self, named: "result", at: address).leaves.map(\.scalar)
    }
  }
}

/// A graph as native code, callable like the function that it was recorded of.
public struct CompiledGraph<Output, each Input>: Sendable {
  @usableFromInline let code: LoadedGraph

  init(_ graph: Graph) throws(GraphError) { code = try LoadedGraph(graph) }

  /// - Throws: `GraphError.guardFailed` for inputs that take another path than the recorded ones.
  @inlinable
  public func callAsFunction(_ input: repeat each Input) throws -> Output {
    let arguments = (repeat each input)
    return try withUnsafeBytes(of: arguments) { bytes in
      if code.resultHasArrays { return try code.call(bytes.baseAddress) }
      return try withUnsafeTemporaryAllocation(of: Output.self, capacity: 1) { result in
        try code.call(bytes.baseAddress, UnsafeMutableRawPointer(result.baseAddress))
        return result[0]
      }
    }
  }

  /// The same as a value of a function type.
  public var function: (repeat each Input) throws -> Output {
    { (input: repeat each Input) in try self(repeat each input) }
  }
}

/// The code of a graph with what has to be known to call it.
@usableFromInline
final class LoadedGraph: Sendable {
  private let graph: Graph
  private let library: NativeLibrary
  private let guards: [NativeCode.Guard]
  @usableFromInline let resultHasArrays: Bool
  @usableFromInline let function: NativeFunction

  @usableFromInline typealias NativeFunction =
    @convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?, UnsafeMutablePointer<UInt64>) ->
    Int32

  init(_ graph: Graph) throws(GraphError) {
    self.graph = graph
    let code = try NativeCode(graph)
    guards = code.guards
    library = try NativeLibrary(ir: code.text)
    function = library.function
    resultHasArrays = !graph.result.arrays.isEmpty
  }

  @inlinable
  func call(_ arguments: UnsafeRawPointer?, _ result: UnsafeMutableRawPointer?) throws {
    var found: UInt64 = 0
    let number = function(arguments, result, &found)
    if number != 0 { throw failure(Int(number), found) }
  }

  @usableFromInline
  func call<Output>(_ arguments: UnsafeRawPointer?) throws -> Output {
    try graph.withResult { try call(arguments, $0) }
  }

  @usableFromInline
  func failure(_ number: Int, _ found: UInt64) -> any Error {
    switch guards[number - 1] {
    case .count(let shape): GraphError.guardFailed(shape.failure(found: Int(found)))
    case .node(let node):
      GraphError.guardFailed(graph.failure(of: node, found: Scalar(node.type, bits: found)))
    }
  }
}

extension Graph.ArrayShape {
  func failure(found: Int) -> GraphError.Guard {
    GraphError.Guard(
      condition: "\(name).count", expected: "\(count)", found: "\(found)", location: nil)
  }
}

/// The arguments of a call in memory, one behind the other.
struct ArgumentMemory {
  let graph: Graph
  let base: UnsafeRawPointer?

  init(_ graph: Graph, _ base: UnsafeRawPointer?) { (self.graph, self.base) = (graph, base) }

  static func follow(_ path: [Int], from base: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    var place = base + path[0]
    for distance in path.dropFirst() {
      place = place.load(as: UnsafeMutableRawPointer.self) + distance
    }
    return place
  }

  private func place(_ parameter: Int, _ path: [Int], _ offsets: [Int]) -> UnsafeRawPointer {
    let start = UnsafeMutableRawPointer(mutating: base! + offsets[parameter])
    return UnsafeRawPointer(Self.follow(path, from: start))
  }

  func checkCounts() throws(GraphError) {
    let offsets = Graph.offsets(graph.parameters)
    for (index, parameter) in graph.parameters.enumerated() {
      for shape in parameter.arrays {
        let count = place(index, shape.path + [16], offsets).load(as: Int.self)
        if count != shape.count { throw .guardFailed(shape.failure(found: count)) }
      }
    }
  }

  func inputs() throws(GraphError) -> [Scalar] {
    let offsets = Graph.offsets(graph.parameters)
    return graph.nodes.compactMap { node in
      guard case .input(_, let input) = node.kind else { return nil }
      return Scalar(node.type, at: place(input.parameter, input.path, offsets))
    }
  }
}

extension Graph {
  /// Makes a value of the result's type: `fill` gets memory in which arrays are ready.
  func withResult<Output>(_ fill: (UnsafeMutableRawPointer) throws -> Void) throws -> Output {
    let memory = UnsafeMutablePointer<Output>.allocate(capacity: 1)
    defer { memory.deallocate() }
    var layouts: [any ArrayLayout.Type] = []
    for shape in result.arrays {
      guard shape.path.count == 1, let layout = elementTypes[shape.element] else {
        throw GraphError.unsupportedType(name: shape.name, type: "[\(shape.element)]")
      }
      layouts.append(layout)
    }
    let raw = UnsafeMutableRawPointer(memory)
    for (shape, layout) in zip(result.arrays, layouts) {
      layout.initialize(at: raw + shape.path[0], count: shape.count)
    }
    do {
      try fill(raw)
    } catch {
      for shape in result.arrays {
        (raw + shape.path[0]).assumingMemoryBound(to: [Int].self).deinitialize(count: 1)
      }
      throw error
    }
    return memory.move()
  }

  /// What the graph computes of other inputs, as native code.
  ///
  /// - Parameter inputs: a value for each of `inputs`, in order.
  /// - Throws: as `run` does, or `GraphError.cannotCompile`.
  public func runNative(_ inputs: [Scalar]) throws -> [Scalar] {
    // The same graph with a struct of all inputs for a parameter, and one of outputs for a result.
    var flat = self
    var index = 0
    for position in flat.nodes.indices {
      guard case .input(let name, _) = flat.nodes[position].kind else { continue }
      flat.nodes[position].kind = .input(name: name, Place(parameter: 0, path: [index * 8]))
      index += 1
    }
    flat.parameters = [Parameter(name: "inputs", type: "inputs", size: index * 8, alignment: 8)]
    flat.result = Parameter(name: "result", type: "outputs", size: outputs.count * 8, alignment: 8)
    for index in flat.outputs.indices { flat.outputs[index].path = [index * 8] }
    let code = try LoadedGraph(flat)
    var results = [UInt64](repeating: 0, count: outputs.count)
    try inputs.map(\.bits).withUnsafeBytes { arguments in
      try results.withUnsafeMutableBytes { try code.call(arguments.baseAddress, $0.baseAddress) }
    }
    return zip(outputs, results).map { output, bits in
      let type: ScalarType =
        switch output.operand {
        case .constant(let scalar): scalar.type
        case .node(let id): node(id)?.type ?? .int64
        }
      return Scalar(type, bits: bits)
    }
  }

  /// Whether the original can be called after a guard has failed.
  func checkFallback() throws(GraphError) {
    var effect: Node?
    for node in nodes {
      if node.hasEffect { effect = effect ?? node }
      guard node.isGuard, let effect, case .call(let callee) = effect.kind else { continue }
      throw .cannotFallBack(name: callee.name, location: effect.location)
    }
  }

  /// The graph as a function of a type.
  ///
  ///     let f = try Graph(contentsOf: "g.json").typed(as: (([Double]) -> Double).self)
  ///
  /// - Throws: `GraphError.wrongType` or `.wrongParameters`.
  public func typed<Output, each Input>(
    as type: ((repeat each Input) -> Output).Type
  ) throws -> FunctionGraph<Output, repeat each Input> {
    try FunctionGraph(self)
  }
}

/// The arrays that a result may have.
nonisolated(unsafe) private let elementTypes: [String: any ArrayLayout.Type] = {
  let types: [any ArrayLayout.Type] = [
    [Double].self, [Float].self, [Bool].self, [Int].self, [Int8].self, [Int16].self,
    [Int32].self, [Int64].self, [UInt].self, [UInt8].self, [UInt16].self, [UInt32].self,
    [UInt64].self,
  ]
  return Dictionary(uniqueKeysWithValues: types.map { (swiftTypeName($0.element), $0) })
}()

// Stage 5: the context `datagraph`: what a call computed, as a data-flow graph.
import Ray
import RayGraph

/// Tells the recorder of RayGraph what happens to values that came from a traced call's arguments.
/// A value's tag is the number of its node.
///
/// `rayc graph data` is a command of its own; a program that imports RayGraph has this context for
/// its calls of `traceGraph`.
///
/// Cost: some hundred nanoseconds for an operation that is recorded; a few instructions for any
/// other operation.
struct DataGraph: ConfigurableContext, TaggingContext {
  init() { GraphRecording.connect() }

  init(arguments: [String]) throws {
    GraphRecording.connect()
    try GraphRecording.start(arguments)
  }

  mutating func tag(of operation: TagOperation) -> Tag {
    let site = operation.site
    let values = (0..<operation.operandCount).map { operation.operand($0).recorded }
    return Tag(
      rawValue: GraphRecorder.shared.operation(
        operation.step, operation.result.scalar, values, at: site.sourceLocation))
  }

  mutating func branch(_ condition: TaggedValue, at site: Site) {
    GraphRecorder.shared.branch(condition.recorded, at: site.sourceLocation)
  }

  mutating func tag(ofPrimitive call: TaggedCall) -> Tag {
    let site = call.site
    let values = (0..<call.count).map { call.argument($0).recorded }
    if let (step, operands) = KnownPrimitive.step(of: site.shortCallee, values) {
      return Tag(
        rawValue: GraphRecorder.shared.operation(
          .operation(step), call.result.scalar, operands, at: site.sourceLocation))
    }
    let symbol = site.calleeMangled
    return Tag(
      rawValue: GraphRecorder.shared.call(
        site.shortCallee, symbol: symbol.isEmpty ? nil : symbol, values, call.result.scalar,
        at: site.sourceLocation))
  }

  #if RAYC_FN
    mutating func willCall(_ site: Site, _ arguments: Arguments) {
      guard GraphRecording.isTraced(site) else { return }
      GraphRecording.calls?.willCall(Array(arguments))
    }

    mutating func tag(ofParameter value: TaggedValue, _ index: Int, of function: Site) -> Tag {
      Tag(rawValue: GraphRecording.calls?.parameter(value.recorded, bits: value.bits, index) ?? 0)
    }

    mutating func willReturn(_ value: TaggedValue, _ index: Int, from function: Site) {
      GraphRecording.calls?.willReturn(value.recorded, index)
    }

    mutating func tag(ofResult value: TaggedValue, at site: Site) -> Tag {
      if GraphRecording.isTraced(site) { GraphRecording.calls?.resultScalar(value.recorded) }
      return value.tag
    }

    mutating func didCall(_ site: Site, _ outcome: Outcome) {
      if GraphRecording.isTraced(site) { GraphRecording.calls?.didCall() }
    }

    mutating func result<T>(_ value: T, of site: Site) -> T {
      if GraphRecording.isTraced(site) { GraphRecording.calls?.result(value) }
      return value
    }

    func finish() { GraphRecording.finish() }
  #endif
}

extension Site {
  var sourceLocation: SourceLocation {
    SourceLocation(file: file, line: line, column: column, function: sourceFunction)
  }

  /// The function as the source has it: a specialisation is the function that it was made of.
  private var sourceFunction: String {
    var name = shortFunction
    for mark in ["> of ", "specialization of ", "specialization  of "] {
      while name.contains("specialization"), let found = name.firstRange(of: mark) {
        name = String(name[found.upperBound...])
      }
    }
    return name
  }
}

extension TaggedValue {
  var recorded: GraphRecorder.Value { GraphRecorder.Value(scalar, tag: tag.rawValue) }

  /// The value as graphs have it; nil for what they do not have.
  var scalar: Scalar? {
    let type: ScalarType
    switch self.type {
    case .int1: type = .bool
    case .int8: type = .int8
    case .int16: type = .int16
    case .int32: type = .int32
    case .int64: type = .int64
    case .float: type = .float
    case .double: type = .double
    case .none, .wide, .float16, .float80, .pointer, .vector: return nil
    }
    return Scalar(type, bits: bits)
  }
}

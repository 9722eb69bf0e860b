/// What is wrong with a graph, or with running it.
public enum GraphError: Error, Equatable {
  /// The text is no JSON.
  case notJSON(reason: String, line: Int)
  /// The JSON is no graph.
  case malformed(String)
  case unsupportedVersion(String)
  case cannotRead(String, reason: String)
  case cannotWrite(String, reason: String)
  /// The inputs take another way through the function than the recorded one.
  case guardFailed(Guard)
  /// The graph has a call that it cannot repeat.
  case cannotCall(name: String, location: SourceLocation?)
  /// The original cannot be called instead, since the graph would have done a part already.
  case cannotFallBack(name: String, location: SourceLocation?)
  case cannotCompile(String)
  case missingInput(String)
  case wrongInput(name: String, type: String, found: String)
  case wrongType(parameter: String, recorded: String, given: String)
  case wrongParameters(recorded: Int, given: Int)
  /// A type that graphs do not take apart.
  case unsupportedType(name: String, type: String)
  /// An argument that the function did not get as the caller passed it.
  case notFollowed(String)
  /// The program was not built by rayc.
  case notTracing
  case notDifferentiable(name: String, location: SourceLocation?)

  /// A guard that does not hold.
  public struct Guard: Equatable, Sendable {
    /// `slt(n4, 3)`; `xs.count`.
    public var condition: String
    public var expected: String
    public var found: String
    public var location: SourceLocation?
  }
}

extension GraphError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notJSON(let reason, let line): "line \(line): \(reason); is this a graph of rayc's?"
    case .malformed(let reason): "this is no graph: \(reason)"
    case .unsupportedVersion(let version):
      "the graph's schemaVersion is '\(version)', and this rayc reads \(Graph.schemaVersion); "
        + "record the graph again"
    case .cannotRead(let path, let reason): "cannot read '\(path)': \(reason)"
    case .cannotWrite(let path, let reason): "cannot write '\(path)': \(reason)"
    case .guardFailed(let failed):
      "these inputs take another path than the recorded one\(failed.location.at): "
        + "\(failed.condition) is \(failed.found), and was \(failed.expected); "
        + "call the original function, or record a graph with such inputs"
    case .cannotCall(let name, let location):
      "the graph calls '\(name)'\(location.at), which needs more than numbers, "
        + "and cannot be run again; trace a part without that call"
    case .cannotFallBack(let name, let location):
      "the graph calls '\(name)'\(location.at) before its last guard, so that the original cannot "
        + "be called when that fails: it would happen twice"
    case .cannotCompile(let reason): "the graph could not be compiled: \(reason)"
    case .missingInput(let name): "the input '\(name)' is missing"
    case .wrongInput(let name, let type, let found):
      "the input '\(name)' is of type \(type), not '\(found)'"
    case .wrongType(let parameter, let recorded, let given):
      "'\(parameter)' was recorded as \(recorded), and is used as \(given)"
    case .wrongParameters(let recorded, let given):
      "the function has \(recorded) parameters, not \(given)"
    case .unsupportedType(let name, let type):
      "'\(name)' is of type \(type): a graph takes numbers, Bool, and arrays, tuples and structs "
        + "of these"
    case .notFollowed(let name):
      "the argument '\(name)' could not be followed into the function, as where the optimiser has "
        + "changed how it is passed; record it with '-c debug'"
    case .notTracing:
      "this program records no graphs; run it with 'rayc run'"
    case .notDifferentiable(let name, let location):
      "'\(name)'\(location.at) has no derivative that is known"
    }
  }
}

extension SourceLocation? {
  /// ` at main.swift:3:7 in f(_:)`.
  var at: String {
    guard let self else { return "" }
    return " at \(self)" + (self.function.isEmpty ? "" : " in \(self.function)")
  }
}

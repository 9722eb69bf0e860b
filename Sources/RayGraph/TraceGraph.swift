// Data-flow graphs: recorded by the program itself.

/// Calls a function and gives back what it computed, as a graph.
///
///     let graph = try traceGraph(rosenbrock, [0.5, 0.25, 0.125])
///     let f = try graph.optimized().compiled()
///     print(try f([1, 2, 3]))
///
/// Numbers in the arguments become inputs: `Double`, `Float`, integers, `Bool`, and arrays, tuples
/// and structs of these. Everything else that the function reads is a constant.
///
/// - Parameters:
///   - function: what to call. It is called once.
///   - arguments: its arguments.
///   - name: what the graph says that the function is called.
///   - parameters: the names of the parameters, for the names of inputs: `xs[0]`.
/// - Throws: `GraphError.notTracing` in a program that `rayc run` did not build,
///   `.unsupportedType`, or what the function throws.
public func traceGraph<Output, each Input>(
  _ function: (repeat each Input) throws -> Output, _ arguments: repeat each Input,
  as name: String? = nil, parameters: [String] = [], file: String = #fileID, line: Int = #line
) throws -> FunctionGraph<Output, repeat each Input> {
  let recorder = GraphRecorder.shared
  guard recorder.isConnected else { throw GraphError.notTracing }
  recorder.begin(name ?? "\(file):\(line)")
  defer { recorder.end() }
  let names = ParameterNames(parameters)
  let places = (repeat try TracedArgument(each arguments, names.next()))
  defer { for place in repeat each places { place.free() } }
  let result = UnsafeMutablePointer<Output>.allocate(capacity: 1)
  defer { result.deallocate() }
  result.initialize(to: try function(repeat (each places).value))
  defer { result.deinitialize(count: 1) }
  recorder.end()
  try recorder.result(Output.self, at: result)
  return try FunctionGraph(try recorder.finished())
}

/// A copy of an argument: the tags of its numbers belong to this call.
private struct TracedArgument<T> {
  let memory: UnsafeMutablePointer<T>

  init(_ value: T, _ name: String) throws {
    memory = .allocate(capacity: 1)
    memory.initialize(to: value)
    do {
      try GraphRecorder.shared.parameter(T.self, named: name, at: memory)
    } catch {
      free()
      throw error
    }
  }

  /// The value where it lies.
  var value: T {
    _read { yield memory.pointee }
  }

  func free() {
    memory.deinitialize(count: 1)
    memory.deallocate()
  }
}

/// The names of parameters: `$0` where none is given.
private final class ParameterNames {
  private let names: [String]
  private var index = 0

  init(_ names: [String]) { self.names = names }

  func next() -> String {
    defer { index += 1 }
    return index < names.count ? names[index] : "$\(index)"
  }
}

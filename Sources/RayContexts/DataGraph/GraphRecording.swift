import Glibc
import Ray
import RayGraph

/// What the context's arguments ask for: one call of one function.
enum GraphRecording {
  nonisolated(unsafe) private(set) static var calls: ObservedCalls?
  nonisolated(unsafe) private static var function = ""
  nonisolated(unsafe) private static var file = ""
  /// By a site's index: 0 is not known yet, 1 is another function's, 2 the traced one's.
  nonisolated(unsafe) private static var isCallee: [UInt8] = []

  static func connect() {
    guard !GraphRecorder.shared.isConnected else { return }
    GraphRecorder.shared.connect(
      GraphRecorder.Memory(
        set: { address, size, tag in
          Tags.set(
            Tag(rawValue: tag),
            onMemory: UnsafeMutableRawBufferPointer(
              start: UnsafeMutableRawPointer(mutating: address), count: size))
        },
        get: { address, size in
          Tags.tag(ofMemory: UnsafeRawBufferPointer(start: address, count: size)).rawValue
        }))
  }

  /// Arguments come again with each thread.
  static func start(_ arguments: [String]) throws {
    guard calls == nil else { return }
    var number = 1
    var names: [String] = []
    var arguments = _ContextArguments(arguments, known: "--fn NAME, --call N, --names A,B, -o FILE")
    while let argument = arguments.next() {
      switch argument {
      case "--fn": function = try arguments.value(of: argument)
      case "--call": number = try arguments.number(of: argument)
      case "--names":
        names = try arguments.value(of: argument).split(separator: ",").map(String.init)
      case "-o": file = _outputPath(try arguments.value(of: argument))
      default: throw arguments.unknown(argument)
      }
    }
    guard !function.isEmpty else { return }
    calls = ObservedCalls(function: function, names: names, number: max(1, number))
  }

  /// Whether a site is a call of the traced function.
  static func isTraced(_ site: Site) -> Bool {
    guard site.kind == .call else { return false }
    let index = site.index
    if index >= isCallee.count {
      isCallee += [UInt8](repeating: 0, count: max(Site.count, index + 1) - isCallee.count)
    }
    if isCallee[index] == 0 {
      isCallee[index] = names(site.shortCallee, function) ? 2 : 1
    }
    return isCallee[index] == 2
  }

  /// `rosenbrock`, `rosenbrock(_:)` and `Rosenbrock.rosenbrock(_:)` all mean the last.
  static func names(_ callee: String, _ wanted: String) -> Bool {
    func isSuffix(_ text: Substring) -> Bool {
      text == wanted || text.hasSuffix("." + wanted)
    }
    if isSuffix(callee[...]) { return true }
    return !wanted.contains("(") && isSuffix(callee.prefix { $0 != "(" })
  }

  /// Writes the graph, or why there is none, to the file.
  static func finish() {
    guard let calls, !file.isEmpty else { return }
    var text: String
    if let problem = calls.problem {
      text = "\(problem)"
    } else if !calls.isRecorded {
      text = "\(calls.calls)"
    } else {
      do {
        text = try calls.graph().json
      } catch {
        text = "\(error)"
      }
    }
    if let problem = _replace(file, with: text) {
      _write("rayc: cannot write '\(file)': \(problem)\n", to: 2)
    }
  }
}

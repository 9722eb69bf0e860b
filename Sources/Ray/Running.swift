// Stage 5: what the running code is in: its thread, task, depth and calls.
public import CRay

/// A thread, as an event finds it.
public struct RunningThread: Hashable, Sendable, CustomStringConvertible {
  /// A small number: 0 for the main thread, the others in the order in which they ask.
  public var number: Int
  /// The system's id, as debuggers and `/proc` show it.
  public var id: Int
  /// Its name; empty for none.
  public var name: String

  /// `thread 1 (worker)`.
  public var description: String { "thread \(number)" + (name.isEmpty ? "" : " (\(name))") }
}

/// The running thread's number: 0 for the main thread, the others in the order in which they ask.
///
/// Cost: a call and a look at thread-local storage.
public var currentThreadNumber: Int { Int(rayc_thread_number()) }

/// The running thread, with the system's id and its name.
///
/// Cost: two system calls.
public var currentThread: RunningThread {
  let name = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(RAY_THREAD_NAME_SIZE)) {
    rayc_thread_name($0.baseAddress!)
    return String(cString: $0.baseAddress!)
  }
  return RunningThread(
    number: Int(rayc_thread_number()), id: Int(rayc_thread_id()), name: name)
}

/// The number of the running task, unique in the process; nil where no task runs.
///
/// Cost: two calls of the concurrency library.
public var currentTask: UInt64? {
  let number = rayc_task_number()
  return number == 0 ? nil : number
}

/// How deep the function that an event is in was called: 0 for a thread's first instrumented
/// function, or an extent's.
///
/// For hooks of a build context (`-W`). Where the context's code asks, every instrumented function
/// counts, by two stores; else nothing does. A thunk has the depth of its caller. An async call
/// goes no deeper: the part of the function that calls has ended when the other begins.
@inlinable @inline(__always)
public var depth: Int { Int(bitPattern: rayc_depth()) }

/// The calls that a thread is in, the innermost first, as the source has them: without rayc's own
/// functions and thunks, with those that the optimiser inlined.
///
/// For hooks of a build context (`-W`): the first frame is where the event is. Where the context's
/// code asks for it, every instrumented function links itself into a chain, and every call says
/// where it is; else nothing does. What is not instrumented is no frame, nor is an async function
/// that waits: its part has ended.
public struct CallStack: Sendable, CustomStringConvertible {
  /// Where the event is, and the calls that lead to it.
  public let sites: [Site]

  /// The running thread's.
  ///
  /// Cost: some nanoseconds a call.
  @inlinable @inline(__always)
  public static var current: CallStack { CallStack(rayc_calls()) }

  /// Deeper calls are left out.
  static let capacity = 4096

  @usableFromInline
  init(_ innermost: UnsafePointer<ray_call>?) {
    sites = withUnsafeTemporaryAllocation(
      of: Optional<UnsafePointer<ray_site>>.self, capacity: Self.capacity
    ) { records in
      let count = rayc_call_sites(innermost, records.baseAddress, Self.capacity)
      return (0..<count).map { Site(_record: UnsafeRawPointer(records[$0]!)) }
    }
  }

  /// A frame for each function of the source.
  public var frames: [SourceFrame] {
    sites.flatMap { site -> [SourceFrame] in
      let inlined = site.inlinedIn
      if !inlined.isEmpty { return inlined }
      return site.isInThunk ? [] : [site.frame]
    }
  }

  /// A line for each frame.
  public var description: String {
    frames.map { "\($0)" }.joined(separator: "\n")
  }
}

extension Site {
  /// The function and the place, without what was inlined.
  var frame: SourceFrame {
    SourceFrame(
      function: function, functionMangled: functionMangled, shortFunction: shortFunction,
      file: line > 0 ? file : nil,
      position: line > 0 ? SourcePosition(line: line, column: column) : nil)
  }

  /// Whether the enclosing function is what the compiler put between a call and the function
  /// that is meant.
  var isInThunk: Bool {
    let symbol = functionMangled
    return symbol.hasPrefix("$s")
      && ["TA", "TR", "Tr", "TW", "Tj", "TV"].contains { symbol.hasSuffix($0) }
  }
}

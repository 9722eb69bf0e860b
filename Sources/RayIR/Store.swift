internal import CLLVM

/// What is known of a module's handles: LLVM frees what is deleted, and may put something new in
/// its place.
final class Store {
  let module: OpaquePointer
  /// How often something at an address was deleted.
  private var generations: [OpaquePointer: (number: Int, by: String)] = [:]
  /// Copies of functions that a dynamo transforms, by the original.
  var copies: [OpaquePointer: OpaquePointer] = [:]
  /// Copies that no dynamo has seen yet.
  var waiting: [OpaquePointer] = []
  /// Functions that the running dynamo transforms in place.
  var transformed: Set<OpaquePointer> = []

  init(_ module: OpaquePointer) { self.module = module }

  func generation(of pointer: OpaquePointer) -> Int { generations[pointer]?.number ?? 0 }

  /// Marks every handle of it as stale.
  func forget(_ pointer: OpaquePointer, by operation: String) {
    generations[pointer] = (generation(of: pointer) + 1, operation)
  }

  func forgetContents(ofBlock block: OpaquePointer, by operation: String) {
    var instruction = LLVMGetFirstInstruction(block)
    while let current = instruction {
      forget(current, by: operation)
      instruction = LLVMGetNextInstruction(current)
    }
    forget(LLVMBasicBlockAsValue(block), by: operation)
  }

  /// The pointer, if it is still that of what the handle was made for.
  func check(_ pointer: OpaquePointer, _ generation: Int, _ what: String) -> OpaquePointer {
    if let current = generations[pointer], current.number != generation {
      Misuse.end("this \(what) was deleted by '\(current.by)'; it cannot be used any more")
    }
    return pointer
  }

  /// Whether two things are of the same module.
  func checkSame(_ other: Store) {
    if other !== self { Misuse.end("a value of another module cannot be used here") }
  }
}

/// Ends the process with words, as a compiler does: what a transform asked for cannot be done, and
/// LLVM would crash over it or make wrong code.
public enum Misuse {
  /// Which dynamo runs, and on which function.
  nonisolated(unsafe) static var running: (dynamo: String, function: String)?
  /// Called in place of ending the process; it must not return.
  nonisolated(unsafe) public static var handler: ((String) -> Never)?

  static func end(_ message: String) -> Never {
    let place = running.map { "dynamo '\($0.dynamo)' in '\($0.function)': " } ?? ""
    if let handler { handler(place + message) }
    writeError("rayc: error: \(place)\(message)\n")
    endProcess(1)
  }
}

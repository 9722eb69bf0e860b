internal import CLLVM

/// A transform of IR, written in Swift: `rayc run -D dynamo.swift:MulToAdd main.swift`.
///
///     struct MulToAdd: Dynamo {
///       func transform(_ function: Function) {
///         for instruction in function.instructions where instruction.opcode == .fmul {
///           instruction.replace(with: .fadd(instruction.operands[0], instruction.operands[1]))
///         }
///       }
///     }
///
/// It runs in the compiler, once for each module, on what the Swift compiler emits.
public protocol Dynamo {
  init()

  /// Whether the dynamo begins at a function. Asked once for each function with a body; all of
  /// them do by default, and then `recurse()` has nothing to add.
  func begins(at function: Function) -> Bool

  /// Called once for each function the dynamo begins at, and for each copy that `recurse()` led
  /// to. What it leaves is verified; invalid IR ends the build.
  mutating func transform(_ function: Function)
}

extension Dynamo {
  public func begins(at function: Function) -> Bool { true }
}

/// A dynamo that takes arguments: `-D 'dynamo.swift:Type a b'`.
public protocol ConfigurableDynamo: Dynamo {
  init(arguments: [String]) throws
}

extension ConfigurableDynamo {
  public init() { try! self.init(arguments: []) }
}

/// Runs a dynamo on a module. What rayc's plugin calls.
public enum DynamoHost {
  /// - Parameters:
  ///   - module: an `LLVMModuleRef`.
  ///   - name: the dynamo, as messages call it.
  /// - Returns: nil, or what is wrong, to be freed with `free`.
  public static func run<D: Dynamo>(
    _ type: D.Type, name: String, arguments: [String], on module: OpaquePointer
  ) -> UnsafeMutablePointer<CChar>? {
    do {
      var dynamo = try make(type, name: name, arguments: arguments)
      return transform(Store(module), name, &dynamo).map(copy)
    } catch {
      return copy("dynamo '\(name)': \(error)")
    }
  }

  private struct TakesNone: Error, CustomStringConvertible {
    let description = "it takes no arguments; conform to ConfigurableDynamo"
  }

  private static func make<D: Dynamo>(
    _ type: D.Type, name: String, arguments: [String]
  ) throws -> D {
    if let configurable = type as? any ConfigurableDynamo.Type {
      return try configurable.init(arguments: arguments) as! D
    }
    guard arguments.isEmpty else { throw TakesNone() }
    return type.init()
  }

  private static func transform(
    _ store: Store, _ name: String, _ dynamo: inout some Dynamo
  ) -> String? {
    let module = Module(store)
    // The context's hooks are no part of the program.
    let functions = module.functions.filter { function in
      !function.isDeclaration
        && LLVMGetLinkage(function.live) != LLVMAvailableExternallyLinkage
        && !function.name.hasPrefix("rayc")
    }
    defer { Misuse.running = nil }
    var waiting: [Function] = []
    for function in functions {
      Misuse.running = (name, function.demangledName)
      if dynamo.begins(at: function) { waiting.append(function) }
    }
    store.transformed = Set(waiting.map(\.live))
    while !waiting.isEmpty {
      for function in waiting {
        Misuse.running = (name, function.demangledName)
        // It may have deleted one that comes later.
        guard function.isValid else { continue }
        dynamo.transform(function)
        guard function.isValid, let problem = function.problem else { continue }
        return "dynamo '\(name)' left invalid IR in '\(function.demangledName)': \(problem)"
      }
      waiting = store.waiting.map { Function(Value($0, store)) }
      store.waiting = []
    }
    return nil
  }

  private static func copy(_ text: String) -> UnsafeMutablePointer<CChar> { duplicate(text) }
}

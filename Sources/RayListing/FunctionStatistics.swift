/// What a function is made of.
public struct FunctionStatistics: Codable, Equatable, Sendable {
  public var name: String
  public var symbol: String
  public var instructions: Int
  /// Calls of functions, by name or through a value; intrinsics are none.
  public var calls: Int
  public var loads: Int
  /// Calls of functions by name that have no IR in the module.
  public var primitives: Int
  /// Events that a context can receive from it; nil where it is passed over.
  public var sites: Int?
  /// Bytes of machine code, plain and with the hooks; nil where nothing is left of it.
  public var size: Int?
  public var instrumentedSize: Int?

  /// - Parameter defined: the symbols that have IR.
  public init(_ function: ListedFunction, name: String, defined: Set<String>) {
    self.name = name
    symbol = function.symbol
    let body = function.lines.filter { $0.kind == .instruction }
    instructions = body.count
    loads = body.count { $0.opcode == "load" }
    let callees = body.filter { ["call", "invoke"].contains($0.opcode) }.map(\.callee)
    calls = callees.count { $0?.hasPrefix("llvm.") != true }
    primitives = callees.count { callee in
      callee.map { !$0.hasPrefix("llvm.") && !defined.contains($0) } ?? false
    }
  }
}

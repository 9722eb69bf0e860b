/// A module as the compiler prints it: `swiftc -emit-sil`.
public struct SILModule: Sendable {
  /// What comes before the functions: imports and declarations, as lines.
  public var header: [String] = []
  /// Functions with a body, in the order of the text.
  public var functions: [SILFunction] = []
  /// Which symbol a class's method has: `#C.f` to the method's name with its labels.
  public var methods: [String: String] = [:]

  public func function(_ symbol: String) -> SILFunction? {
    functions.first { $0.symbol == symbol }
  }
}

/// A function's body.
public struct SILFunction: Sendable {
  public var symbol: String
  /// As Swift names it: `Shape.area(_:)`.
  public var name: String
  public var type: String
  public var blocks: [SILBlock] = []
  /// The line of the text where it begins.
  public var line: Int
}

public struct SILBlock: Sendable {
  public var label: String
  public var arguments: [SILArgument]
  public var instructions: [SILInstruction] = []
}

public struct SILArgument: Equatable, Sendable {
  public var value: String
  public var type: String
}

/// One instruction; what follows its name is taken apart where its meaning is known.
public struct SILInstruction: Sendable {
  public var results: [String]
  public var opcode: String
  public var operands: String
  /// The Swift name of the function that a `function_ref` is of.
  public var callee: String?
  public var location: SILLocation?
  public var line: Int
}

/// A place in the program's source.
public struct SILLocation: Hashable, Sendable, CustomStringConvertible {
  public var file: String
  public var line: Int
  public var column: Int

  public var description: String { "\(file):\(line):\(column)" }
}

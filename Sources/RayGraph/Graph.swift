// Data-flow graphs: what one call of a function computed.

/// What one call of a function computed: each operation that its arguments took part in, in the
/// order in which they happened.
///
/// Loops and branches are gone: a graph holds for all arguments that take the same way, and its
/// guards say which these are.
public struct Graph: Sendable, Equatable {
  /// The traced function, as Swift writes it: `rosenbrock(_:)`.
  public var function: String
  public var parameters: [Parameter]
  public var result: Parameter
  /// In the order of recording: a node's operands stand before it. Ids are stable: a node keeps
  /// its own when others are removed.
  public var nodes: [Node]
  public var outputs: [Output]
  /// Calls that values from the arguments went into and did not come out of with a trace of where
  /// they came from: what depends on their results is constant in the graph.
  public var lost: [Lost]

  public init(
    function: String, parameters: [Parameter] = [],
    result: Parameter = Parameter(name: "result", type: "()", size: 0, alignment: 1),
    nodes: [Node] = [], outputs: [Output] = [], lost: [Lost] = []
  ) {
    self.function = function
    self.parameters = parameters
    self.result = result
    self.nodes = nodes
    self.outputs = outputs
    self.lost = lost
  }

  public var inputs: [Node] { nodes.filter(\.isInput) }
  public var guards: [Node] { nodes.filter(\.isGuard) }

  /// The id of the next node.
  public var nextID: Int { (nodes.last?.id ?? -1) + 1 }

  /// A parameter or the result: its name, its type and how the type lies in memory.
  public struct Parameter: Sendable, Equatable {
    public var name: String
    /// As Swift writes it: `[Double]`; qualified as `String(reflecting:)` does.
    public var type: String
    public var size: Int
    public var alignment: Int
    /// The arrays in it. Their counts are guards: a graph holds for one count.
    public var arrays: [ArrayShape]

    public init(
      name: String, type: String, size: Int, alignment: Int, arrays: [ArrayShape] = []
    ) {
      self.name = name
      self.type = type
      self.size = size
      self.alignment = alignment
      self.arrays = arrays
    }
  }

  /// An array inside a parameter or a result.
  public struct ArrayShape: Sendable, Equatable {
    /// `xs`.
    public var name: String
    /// Where its reference lies.
    public var path: [Int]
    public var count: Int
    /// `Double`.
    public var element: String

    public init(name: String, path: [Int], count: Int, element: String) {
      self.name = name
      self.path = path
      self.count = count
      self.element = element
    }
  }

  /// Where a scalar lies in a parameter or a result. The path is a list of offsets in bytes: the
  /// first from the value's own beginning, each further one behind a reference found there.
  public struct Place: Sendable, Hashable {
    public var parameter: Int
    public var path: [Int]

    public init(parameter: Int, path: [Int]) {
      self.parameter = parameter
      self.path = path
    }
  }

  /// A part of the result.
  public struct Output: Sendable, Equatable {
    /// `result`, `result[0]`, `result.x`.
    public var name: String
    public var type: String
    public var path: [Int]
    public var operand: Operand

    public init(name: String, type: String, path: [Int], operand: Operand) {
      self.name = name
      self.type = type
      self.path = path
      self.operand = operand
    }
  }

  /// A function that values were lost in.
  public struct Lost: Sendable, Equatable {
    public var callee: String
    public var count: Int

    public init(callee: String, count: Int) {
      self.callee = callee
      self.count = count
    }
  }
}

/// What a node works on.
public enum Operand: Sendable, Hashable {
  /// The node with that id.
  case node(Int)
  case constant(Scalar)
}

/// One operation.
public struct Node: Sendable, Equatable {
  public var id: Int
  public var kind: Kind
  public var operands: [Operand]
  public var type: ScalarType
  /// `Double`, `UInt8`: the Swift type, where it is known better than the machine's.
  public var swiftType: String
  /// What it computed when it was recorded.
  public var value: UInt64
  public var location: SourceLocation?

  public enum Kind: Sendable, Hashable {
    /// A scalar of an argument: `xs[0]`.
    case input(name: String, Graph.Place)
    case operation(Opcode)
    /// A function that rayc does not see into.
    case call(Callee)
    /// Control flow: the operand must have had this value. Has no value of its own.
    case require(UInt64)
  }

  public init(
    id: Int, _ kind: Kind, _ operands: [Operand] = [], type: ScalarType, swiftType: String? = nil,
    value: UInt64 = 0, location: SourceLocation? = nil
  ) {
    self.id = id
    self.kind = kind
    self.operands = operands
    self.type = type
    self.swiftType = swiftType ?? type.swiftName
    self.value = value
    self.location = location
  }

  public var isInput: Bool { if case .input = kind { true } else { false } }
  public var isGuard: Bool { if case .require = kind { true } else { false } }
  /// Whether it does something that nobody may leave out or repeat.
  public var hasEffect: Bool { if case .call(let callee) = kind { !callee.isPure } else { false } }
  public var scalar: Scalar { Scalar(type, bits: value) }
}

/// A function that a node calls.
public struct Callee: Sendable, Hashable {
  /// As Swift writes it: `sin`.
  public var name: String
  /// What to call; nil: it takes more than numbers, so that a graph cannot call it again.
  public var symbol: String?
  /// Whether the result depends on the operands alone and nothing else happens.
  public var isPure: Bool

  public init(name: String, symbol: String?, isPure: Bool) {
    self.name = name
    self.symbol = symbol
    self.isPure = isPure
  }

  /// A function of the C library for numbers.
  public static func math(_ symbol: String) -> Callee {
    Callee(name: symbol, symbol: symbol, isPure: true)
  }

  /// The functions of the C library that are known to depend on their arguments alone.
  public static let mathFunctions: Set<String> = {
    let names = [
      "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh",
      "acosh", "atanh", "exp", "exp2", "exp10", "expm1", "log", "log2", "log10", "log1p", "pow",
      "cbrt", "hypot", "fmod", "remainder", "fdim", "erf", "erfc", "tgamma", "fmin", "fmax",
      "sqrt", "fabs", "floor", "ceil", "trunc", "round", "roundeven", "rint", "nearbyint", "fma",
      "copysign", "logb",
    ]
    return Set(names + names.map { $0 + "f" })
  }()
}

/// A place in the program's source.
public struct SourceLocation: Sendable, Hashable {
  public var file: String
  public var line: Int
  public var column: Int
  /// The function that the place is in: `norm(_:)`.
  public var function: String

  public init(file: String, line: Int, column: Int = 0, function: String = "") {
    self.file = file
    self.line = line
    self.column = column
    self.function = function
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `main.swift:3:7`, with the file's last path component.
  public var description: String {
    let name = file.utf8.lastIndex(of: UInt8(ascii: "/")).map { file[file.index(after: $0)...] }
    return "\(name ?? file[...]):\(line)" + (column > 0 ? ":\(column)" : "")
  }
}

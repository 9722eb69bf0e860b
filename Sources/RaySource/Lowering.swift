/// A function that an instruction refers to.
struct CalleeReference {
  var symbol: String
  var name: CalleeName
  var type: SILFunctionType
  /// The object or the type that a method is looked up in: a protocol's requirement.
  var lookup: SILType?
}

/// What an instruction gives.
enum Value {
  case value(Expression)
  /// An address: something that can be read and assigned to.
  case place(Expression)
  case function(CalleeReference)
  case metatype(SILType)
  /// A number or a text that a literal is made of.
  case raw(String)
  case tuple([Value])
  /// The elements of an array literal that is being made.
  case elements(ArrayLiteral)
  /// A place for an enum's payload, until the enum is put around it.
  case nothing
}

/// An array literal whose elements are stored one by one.
final class ArrayLiteral {
  var elements: [Variable]
  let type: SILType

  init(count: Int, type: SILType) {
    self.type = type
    elements = (0..<count).map { _ in Variable(type: type, shown: "element") }
  }

  var expression: Expression {
    var pieces: [Compound.Piece] = [.text("[")]
    for (index, element) in elements.enumerated() {
      if index > 0 { pieces.append(.text(", ")) }
      pieces.append(.typed(.variable(element), .assignment))
    }
    pieces.append(.text("]"))
    let array = SILType.named("Array", [type])
    if elements.isEmpty { return .literal("[]", array) }
    return .compound(Compound(pieces, .postfix, [], type: array))
  }
}

/// Turns the instructions of one function into statements, block by block.
///
/// Every value becomes a variable of its own here; `Simplifier` makes expressions of them. Ownership
/// is left out, because Swift puts it in again.
final class Lowering {
  let program: Program
  let function: SILFunction
  let type: SILFunctionType
  var values: [String: Value] = [:]
  var types: [String: SILType] = [:]
  /// What block arguments that several jumps give are called.
  var arguments: [Int: [Variable]] = [:]
  private let blockNumbers: [String: Int]
  /// The parameters of the function as Swift has them, `self` aside.
  private(set) var parameters: [Variable] = []
  private(set) var inoutParameters: Set<Variable> = []
  private(set) var selfVariable: Variable?
  /// Where indirect results go.
  private(set) var resultVariables: [Variable] = []
  /// Where a typed error goes before it is thrown.
  private var errorVariable: Variable?
  private(set) var instruction: SILInstruction?
  /// What the places of payloads that have not been put into an enum yet stand for.
  var payloads: [String: (place: Expression, payload: Variable)] = [:]
  /// The payloads that a case of a `switch` has bound: subject and case.
  var boundPayloads: [String: Value] = [:]
  /// Where values are put into an `any P`: what is stored there keeps its own type.
  var existentialPlaces: Set<String> = []
  /// The blocks that values are made in.
  /// A global variable whose first value the function makes.
  var globalResult: Variable?
  private(set) var definitions: [String: Int] = [:]
  private(set) var current = 0
  /// The literals that are in places: those of generic types come in two steps.
  var literals: [String: Expression] = [:]
  /// Boxes of errors: where one is stored, its contents may still be missing.
  var emptyBoxes: Set<String> = []
  /// The first elements of array literals.
  var starts: [String: ArrayLiteral] = [:]
  /// An initializer gives `self` back of its own.
  var isInitializer: Bool
  var statements: [Statement] = []

  init(_ program: Program, _ function: SILFunction) throws(SourceError) {
    self.program = program
    self.function = function
    guard case .function(let type) = try SILType(reading: function.type) else {
      throw SourceError("its type cannot be read", function: function.name, line: function.line)
    }
    self.type = type
    isInitializer = CalleeName(function.name).kind == .initializer
    blockNumbers = Dictionary(
      function.blocks.enumerated().map { ($0.element.label, $0.offset) }
    ) { first, _ in first }
    if type.isAsync { throw fail("'async'") }
  }

  /// - Parameters:
  ///   - names: the parameters' names in the declaration.
  ///   - captures: what a closure's last parameters stand for.
  func body(names: [String?] = [], captures: [Value] = []) throws(SourceError) -> [Statement] {
    bindParameters(names: names, captures: captures)
    var successors: [[Int]] = []
    for block in function.blocks.indices { successors.append(try self.successors(block)) }
    do {
      let flow = try ControlFlow(successors: successors)
      let outputs = resultVariables + (errorVariable.map { [$0] } ?? [])
      return try outputs.map { Statement.declare($0, nil) }
        + Structure(flow, self).statements()
    } catch {
      throw located(error)
    }
  }

  private func bindParameters(names: [String?], captures: [Value]) {
    guard let entry = function.blocks.first else { return }
    var rest = entry.arguments[...]
    for result in type.results where result.isIndirectResult {
      guard let argument = rest.popFirst() else { return }
      let variable = Variable(type: result.type, shown: "result")
      resultVariables.append(variable)
      values[argument.value] = .place(.variable(variable))
      types[argument.value] = result.type
    }
    if let error = type.error, error.has("error_indirect"), let argument = rest.popFirst() {
      let variable = Variable(type: error.type, shown: "error")
      errorVariable = variable
      values[argument.value] = .place(.variable(variable))
      types[argument.value] = error.type
    }
    for (argument, capture) in zip(rest.suffix(captures.count), captures) {
      values[argument.value] = capture
      types[argument.value] = try? SILType(reading: argument.type)
    }
    rest = rest.dropLast(captures.count)
    let debugNames = self.debugNames()
    for (index, argument) in rest.enumerated() {
      let part = index < type.parameters.count ? type.parameters[index] : nil
      let isSelf = type.isMethod && captures.isEmpty && index == rest.count - 1
      let name =
        isSelf
        ? "self"
        : (index < names.count ? names[index] : nil) ?? debugNames[argument.value]
          ?? debugNames["argno \(index + 1)"]
      let variable = Variable(type: part?.type, shown: "argument")
      variable.name = name
      variable.shown = name ?? "argument"
      variable.isParameter = true
      types[argument.value] = part?.type
      if let part, part.isInout {
        variable.isInout = true
        inoutParameters.insert(variable)
      }
      let isAddress = argument.type.contains("*") || part?.isInout ?? false
      if isSelf, let instance = part?.type.instance {
        values[argument.value] = .metatype(isInitializer ? instance : .named("Self", []))
        continue
      }
      values[argument.value] = isAddress ? .place(.variable(variable)) : .value(.variable(variable))
      if isSelf { selfVariable = variable } else { parameters.append(variable) }
    }
  }

  private func debugNames() -> [String: String] {
    var names: [String: String] = [:]
    for block in function.blocks {
      for instruction in block.instructions where instruction.opcode == "debug_value" {
        var scan = Scanner(instruction.operands)
        let value = scan.value()
        if names[value] == nil, let name = Self.debugName(instruction.operands) {
          names[value] = name
        }
        if let name = Self.debugName(instruction.operands),
          let number = instruction.operands.firstRange(of: ", argno ")
        {
          let digits = instruction.operands[number.upperBound...].prefix(while: \.isNumber)
          names["argno \(digits)"] = names["argno \(digits)"] ?? name
        }
      }
    }
    return names
  }

  /// `… name "x" …`; nil for the compiler's own.
  static func debugName(_ operands: String) -> String? {
    guard let found = operands.firstRange(of: "name \"") else { return nil }
    let name = operands[found.upperBound...].prefix { $0 != "\"" }
    return name.isEmpty || name.contains("$") ? nil : String(name)
  }

  func number(_ label: String) throws(SourceError) -> Int {
    guard let number = blockNumbers[label] else { throw fail("a jump to '\(label)'") }
    return number
  }

  /// The statements of a block without its last instruction.
  func lower(_ block: Int) throws(SourceError) -> [Statement] {
    statements = []
    current = block
    for argument in function.blocks[block].arguments { definitions[argument.value] = block }
    for instruction in function.blocks[block].instructions.dropLast() {
      self.instruction = instruction
      for result in instruction.results { definitions[result] = block }
      do {
        try lower(instruction)
      } catch {
        throw located(error)
      }
    }
    return statements
  }

  func terminator(_ block: Int) throws(SourceError) -> SILInstruction {
    guard let last = function.blocks[block].instructions.last else { throw fail("an empty block") }
    instruction = last
    return last
  }

  func emit(_ statement: Statement) { statements.append(statement) }

  /// An error that names the construct that is at hand.
  func fail(_ reason: String) -> SourceError {
    located(SourceError(reason))
  }

  private func located(_ error: SourceError) -> SourceError {
    guard error.function.isEmpty else { return error }
    return SourceError(
      error.reason, function: function.name, location: instruction?.location?.description,
      line: instruction?.line ?? function.line)
  }
}

// Arguments of blocks.
extension Lowering {
  /// Declares what the arguments of a block behind a label are.
  func declareArguments(_ block: Int) -> [Statement] {
    let variables = function.blocks[block].arguments.map { argument in
      // A machine word says nothing of the type that it is of in Swift: the first value does.
      let type = (try? SILType(reading: argument.type)).flatMap { type in
        type.base.hasPrefix("Builtin.") ? nil : type
      }
      let variable = Variable(type: type)
      types[argument.value] = type
      values[argument.value] =
        argument.type.contains("*") ? .place(.variable(variable)) : .value(.variable(variable))
      return variable
    }
    arguments[block] = variables
    return variables.filter { !($0.type?.isVoid ?? false) }.map { .declare($0, nil) }
  }

  func assignArguments(_ block: Int, _ values: [Expression]) -> [Statement] {
    let variables = (arguments[block] ?? [])
    for (variable, value) in zip(variables, values) where variable.type == nil {
      variable.type = value.type
    }
    let pairs = zip(variables, values).filter { !($0.0.type?.isVoid ?? false) }
    guard pairs.count > 1 else {
      return pairs.map { .assign(.variable($0.0), $0.1) }
    }
    // All at once: none may see what another has become.
    let copies = pairs.map { Variable(type: $0.0.type) }
    return zip(copies, pairs).map { .declare($0, $1.1) }
      + zip(copies, pairs).map { .assign(.variable($1.0), .variable($0)) }
  }

  /// Gives the arguments of a block that one jump leads to.
  func bindArguments(_ block: Int, _ values: [Expression], isLoop: Bool) -> [Statement] {
    if isLoop, !values.isEmpty {
      return declareArguments(block) + assignArguments(block, values)
    }
    for (argument, value) in zip(function.blocks[block].arguments, values) {
      self.values[argument.value] =
        argument.type.contains("*") ? .place(value) : .value(value)
      types[argument.value] = try? SILType(reading: argument.type)
    }
    return []
  }
}

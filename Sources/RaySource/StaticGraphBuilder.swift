/// Finds who uses what: through registers, and through memory where it is provable.
///
/// Variables in memory (`alloc_stack`, `inout` parameters, fields of these) are brought into SSA
/// form as in Braun et al., "Simple and Efficient Construction of Static Single Assignment Form"
/// (2013). One that a closure captures is a node of its own: what is stored goes in, what is
/// loaded comes out.
struct StaticGraphBuilder {
  private let function: SILFunction
  private let flow: ControlFlow
  private let lowering: Lowering
  private var graph: StaticGraph
  /// The node of each value.
  private var values: [String: Int] = [:]
  private var texts: [String: String] = [:]
  private var callees: [String: CalleeName] = [:]
  /// The variable that an address is in, and the fields on the way.
  private var addresses: [String: (root: String, path: [String])] = [:]
  private var names: [String: String] = [:]
  private var types: [String: SILType] = [:]
  private var shared: [String: Int] = [:]
  private var definitions: [Int: [String: Int]] = [:]
  private var finished: Set<Int> = []
  private var incomplete: [(block: Int, root: String, phi: Int)] = []
  private var branches: [Int: Int] = [:]
  private var loopIDs: [Int: Int] = [:]
  private var block = 0
  private var instruction: SILInstruction?

  static func graph(
    of function: SILFunction, in module: SILModule, demangle: @escaping (String) -> String
  ) throws(SourceError) -> StaticGraph {
    let lowering = try Lowering(Program(module, demangle: demangle), function)
    var successors: [[Int]] = []
    for block in function.blocks.indices { successors.append(try lowering.successors(block)) }
    var builder = StaticGraphBuilder(function, try ControlFlow(successors: successors), lowering)
    return try builder.build()
  }

  private init(_ function: SILFunction, _ flow: ControlFlow, _ lowering: Lowering) {
    self.function = function
    self.flow = flow
    self.lowering = lowering
    graph = StaticGraph(function: function.plainName)
  }

  private mutating func build() throws(SourceError) -> StaticGraph {
    findLoops()
    findShared()
    for block in function.blocks.indices.filter({ flow.order[$0] != nil })
      .sorted(by: { flow.order[$0]! < flow.order[$1]! })
    {
      try visit(block)
    }
    for (block, root, phi) in incomplete { fill(phi, root, block) }
    fillArguments()
    removeTrivial()
    for index in graph.nodes.indices where graph.nodes[index].condition == nil {
      // A loop's own nodes are decided where the loop is.
      if let condition = conditions[graph.nodes[index].id] {
        graph.nodes[index].condition = condition
      }
    }
    graph.removeUnused()
    return graph
  }

  private mutating func findLoops() {
    for header in flow.loops.keys.sorted(by: { flow.order[$0]! < flow.order[$1]! }) {
      loopIDs[header] = graph.loops.count
      let outer = flow.headers(around: header).filter { $0 != header }.last
      graph.loops.append(
        StaticGraph.Loop(
          id: graph.loops.count, parent: outer.flatMap { loopIDs[$0] },
          location: function.blocks[header].instructions.first?.location))
    }
  }

  /// The variables whose address goes into a closure.
  private mutating func findShared() {
    for block in function.blocks {
      for instruction in block.instructions {
        note(instruction)
        guard instruction.opcode == "partial_apply" else { continue }
        for name in Lowering.values(in: instruction.operands) {
          if let root = addresses[name]?.root { shared[root] = -1 }
        }
      }
    }
  }

  /// What an instruction says of addresses, names and types.
  private mutating func note(_ instruction: SILInstruction) {
    guard let result = instruction.results.first else { return }
    let operands = Lowering.values(in: instruction.operands)
    switch instruction.opcode {
    case "alloc_stack", "alloc_box":
      addresses[result] = (result, [])
      names[result] =
        Lowering.debugName(instruction.operands)
        ?? (instruction.operands.contains("$generator") ? "iterator" : nil)
      if let dollar = instruction.operands.firstIndex(of: "$") {
        let text = instruction.operands[dollar...]
        types[result] = try? SILType(reading: Scanner.split(text).first ?? text)
      }
    case "begin_access", "project_box", "open_existential_addr", "init_existential_addr",
      "mark_dependence", "begin_borrow", "init_enum_data_addr", "unchecked_take_enum_data_addr",
      "mark_unresolved_non_copyable_value":
      if let first = operands.first, let address = addresses[first] { addresses[result] = address }
    case "struct_element_addr", "tuple_element_addr":
      if let first = operands.first, let address = addresses[first] {
        let field = Lowering.field(Scanner.split(instruction.operands[...]).last ?? "")
        addresses[result] =
          field == "_value" ? address : (address.root, address.path + [field])
      }
    default: break
    }
  }

  // MARK: Nodes

  private var conditions: [Int: StaticGraph.Operand] = [:]

  private mutating func add(
    _ kind: StaticGraph.Kind, _ label: String, type: SILType?, _ operands: [Int],
    hasEffect: Bool = false
  ) -> Int {
    let id = graph.nodes.count
    let shown = type.map(\.description) ?? ""
    graph.nodes.append(
      StaticGraph.Node(
        id: id, kind: kind, label: label, type: shown.contains("τ_") || shown == "()" ? "" : shown,
        location: instruction?.location,
        operands: operands.map { StaticGraph.Operand(node: $0, role: "") },
        loop: flow.headers(around: block).last.flatMap { loopIDs[$0] }, condition: nil,
        hasEffect: hasEffect))
    if kind != .constant, flow.predecessors[block].count == 1,
      let before = flow.predecessors[block].first,
      let branch = branches[before], flow.successors[before].count > 1
    {
      conditions[id] = StaticGraph.Operand(node: branch, role: outcome(before, block))
    }
    return id
  }

  /// On which outcome of its last instruction a block goes to another.
  private func outcome(_ from: Int, _ to: Int) -> String {
    guard let last = function.blocks[from].instructions.last else { return "" }
    let label = function.blocks[to].label
    let parts = Scanner.split(last.operands[...])
    for (index, part) in parts.enumerated()
    where part.hasSuffix(label) || part.contains(label + "(") {
      switch last.opcode {
      case "cond_br", "checked_cast_br", "checked_cast_addr_br":
        return index == parts.count - 1 ? "false" : "true"
      case "try_apply": return part.hasPrefix("error") ? "error" : "normal"
      default:
        return part.hasPrefix("default")
          ? "default" : Lowering.element(part.drop { $0 != "#" }).name
      }
    }
    return ""
  }

  private mutating func visit(_ number: Int) throws(SourceError) {
    block = number
    let contents = function.blocks[number]
    for (index, argument) in contents.arguments.enumerated() {
      instruction = contents.instructions.first
      let type = try? SILType(reading: argument.type)
      types[argument.value] = type
      if number == 0 {
        parameter(argument, index)
      } else if flow.predecessors[number].count == 1 {
        let before = flow.predecessors[number][0]
        let last = function.blocks[before].instructions.last
        let source = Lowering.values(in: last?.operands ?? "").first.flatMap { values[$0] }
        if last?.opcode == "try_apply" {
          values[argument.value] = values["try \(before)"]
        } else if last?.opcode == "br" {
          continue
        } else {
          values[argument.value] = add(
            .operation, "case \(outcome(before, number))", type: type, source.map { [$0] } ?? [])
        }
      } else {
        values[argument.value] = add(.phi, "phi", type: type, [])
      }
    }
    for instruction in contents.instructions {
      self.instruction = instruction
      try visit(instruction)
    }
    finished.insert(number)
  }

  private mutating func parameter(_ argument: SILArgument, _ index: Int) {
    let count = lowering.type.results.count { $0.isIndirectResult }
    addressesOfParameter(argument)
    guard index >= count, !argument.type.contains("Type") || !argument.type.contains("@") else {
      return
    }
    let name = debugName(of: argument.value) ?? "self"
    let id = add(.parameter, name, type: types[argument.value], [])
    values[argument.value] = id
    if addresses[argument.value] != nil {
      names[argument.value] = name
      write(argument.value, id, 0)
    }
  }

  private mutating func addressesOfParameter(_ argument: SILArgument) {
    if argument.type.contains("*") { addresses[argument.value] = (argument.value, []) }
    // Addresses made of a parameter are only known now.
    for block in function.blocks { for instruction in block.instructions { note(instruction) } }
  }

  private func debugName(of value: String) -> String? {
    for block in function.blocks {
      for instruction in block.instructions where instruction.opcode == "debug_value" {
        if instruction.operands.hasPrefix(value + ",") {
          return Lowering.debugName(instruction.operands)
        }
      }
    }
    return nil
  }

  private mutating func visit(_ instruction: SILInstruction) throws(SourceError) {
    let operands = Lowering.values(in: instruction.operands)
    let result = instruction.results.first ?? ""
    switch instruction.opcode {
    case "integer_literal", "float_literal", "string_literal":
      texts[result] = String(
        (Scanner.split(instruction.operands[...]).last ?? "").drop {
          $0 != "\"" && !$0.isNumber
            && $0 != "-"
        })
    case "function_ref", "witness_method", "class_method", "super_method", "dynamic_function_ref":
      try lowering.lower(instruction)
      if case .function(let reference) = lowering.values[result] {
        callees[result] = reference.name
      }
    case "apply", "try_apply", "begin_apply": try call(instruction, result)
    case "load", "load_borrow":
      if let first = operands.first { values[result] = read(first) }
    case "store", "store_borrow", "assign":
      if operands.count == 2, let value = node(operands[0]) { store(value, to: operands[1]) }
    case "copy_addr", "explicit_copy_addr":
      if operands.count == 2, let value = read(operands[0]) { store(value, to: operands[1]) }
    case "struct_extract", "tuple_extract", "ref_element_addr":
      let field = Lowering.field(Scanner.split(instruction.operands[...]).last ?? "")
      guard let first = operands.first, let source = node(first) else { return }
      let isWrapper = field == "_value" || field == "_rawValue"
      values[result] =
        isWrapper ? source : add(.operation, "." + field, type: nil, [source])
    case "struct", "tuple", "enum":
      let parts = operands.compactMap { node($0) }
      if parts.isEmpty, operands.isEmpty, instruction.opcode == "tuple" { return }
      if parts.count == 1, instruction.opcode == "struct" { return values[result] = parts[0] }
      let label =
        instruction.opcode == "enum"
        ? "." + Lowering.element(instruction.operands.drop { $0 != "#" }).name
        : instruction.opcode == "tuple"
          ? "tuple" : String(instruction.operands.dropFirst().prefix { $0 != " " })
      values[result] = add(.operation, label, type: nil, parts)
    case "partial_apply":
      let parts = operands.dropFirst().compactMap { sharedNode($0) ?? node($0) }
      let callee = operands.first.flatMap { callees[$0]?.text } ?? "closure"
      values[result] = add(.operation, callee, type: nil, parts)
    case "cond_br", "switch_enum", "switch_enum_addr", "checked_cast_br", "checked_cast_addr_br":
      let condition = operands.first.flatMap { node($0) ?? read($0) }
      let label =
        instruction.opcode == "cond_br"
        ? "if" : instruction.opcode.hasPrefix("switch") ? "switch" : "as?"
      branches[block] = add(.branch, label, type: nil, condition.map { [$0] } ?? [])
    case "return":
      var outputs = operands.compactMap { node($0) }
      for (argument, part) in zip(function.blocks[0].arguments, lowering.type.results)
      where part.isIndirectResult { if let value = read(argument.value) { outputs.append(value) } }
      for (root, _) in addresses where isInout(root) {
        if let value = read(root) { outputs.append(value) }
      }
      _ = add(.result, "return", type: lowering.type.result, outputs, hasEffect: true)
    case "throw", "throw_addr":
      _ = add(.result, "throw", type: nil, operands.compactMap { node($0) }, hasEffect: true)
    case "debug_value":
      if let first = operands.first, let value = values[first],
        let name = Lowering.debugName(instruction.operands), graph.nodes[value].kind == .phi
      {
        graph.nodes[value].label = name
      }
    default:
      // What only hands its operand on.
      if let first = operands.first, !result.isEmpty, addresses[result] == nil,
        let source = node(first)
      {
        values[result] = source
      }
    }
  }

  private func isInout(_ root: String) -> Bool {
    guard let index = function.blocks[0].arguments.firstIndex(where: { $0.value == root }) else {
      return false
    }
    let first = function.blocks[0].arguments.count - lowering.type.parameters.count
    return index >= first && lowering.type.parameters[index - first].isInout
  }

  private mutating func node(_ value: String) -> Int? {
    if let node = values[value] { return node }
    if let text = texts[value] {
      let id = add(.constant, text, type: nil, [])
      values[value] = id
      return id
    }
    if addresses[value] != nil { return read(value) }
    return nil
  }

  // MARK: Calls

  private mutating func call(_ instruction: SILInstruction, _ result: String) throws(SourceError) {
    let application = try lowering.application(instruction.operands)
    let name = callees[application.callee]
    if name?.kind == .defaultArgument { return }
    if name?.kind == .initializer, let label = name?.labels?.first ?? nil,
      label.hasPrefix("_builtin"), let literal = application.passed.first
    {
      let text =
        name?.labels?.first == "_builtinFloatLiteral"
        ? Lowering.double(texts[literal] ?? "")?.description ?? "" : texts[literal] ?? ""
      let id = add(.constant, text, type: application.type.result, [])
      if let target = application.indirectResults.first { store(id, to: target) }
      return values[result] = id
    }
    var inputs: [Int] = name == nil ? [node(application.callee)].compactMap { $0 } : []
    var written: [String] = []
    for (value, part) in zip(application.passed, application.type.parameters) {
      if case .member = part.type, part.type.instance != nil { continue }
      if let source = addresses[value] != nil ? read(value) : node(value) { inputs.append(source) }
      if part.isInout { written.append(value) }
    }
    let hasEffect = !(name?.effect.isDisjoint(with: .writes) ?? false)
    let id = add(
      .operation, name.map(Self.title) ?? "call", type: application.type.result, inputs,
      hasEffect: hasEffect && written.isEmpty)
    if instruction.opcode == "try_apply" { values["try \(block)"] = id }
    if instruction.opcode == "try_apply" { branches[block] = id }
    for result in instruction.results { values[result] = id }
    for target in application.indirectResults + written { store(id, to: target) }
  }

  /// `Array.append`, `+`, `print`
  private static func title(_ name: CalleeName) -> String {
    switch name.kind {
    case .infix, .prefix, .postfix: name.base
    case .initializer: name.context
    case .getter, .read, .modify, .addressor, .setter:
      name.base == "subscript" ? "[]" : "." + name.base
    case .closure, .implicitClosure, .thunk, .other: name.text
    default: name.context.isEmpty ? name.base : name.context + "." + name.base
    }
  }

  // MARK: Memory

  private mutating func sharedNode(_ address: String) -> Int? {
    guard let root = addresses[address]?.root, let id = shared[root] else { return nil }
    if id >= 0 { return id }
    let node = add(.shared, names[root] ?? "variable", type: types[root], [])
    shared[root] = node
    return node
  }

  private mutating func read(_ address: String) -> Int? {
    if let node = sharedNode(address) { return node }
    guard let (root, path) = addresses[address] else { return values[address] }
    guard let whole = lookUp(root, block) else { return nil }
    return path.isEmpty
      ? whole : add(.operation, "." + path.joined(separator: "."), type: nil, [whole])
  }

  private mutating func store(_ value: Int, to address: String) {
    if let node = sharedNode(address) {
      graph.nodes[node].operands.append(StaticGraph.Operand(node: value, role: ""))
      return
    }
    guard let (root, path) = addresses[address] else { return }
    if path.isEmpty { return write(root, value, block) }
    let before = lookUp(root, block)
    let field = "." + path.joined(separator: ".") + " ="
    write(
      root, add(.operation, field, type: types[root], [before, value].compactMap { $0 }), block)
  }

  private mutating func write(_ root: String, _ value: Int, _ block: Int) {
    definitions[block, default: [:]][root] = value
  }

  /// The value that a variable has at the end of a block, or now in the one that is visited.
  private mutating func lookUp(_ root: String, _ number: Int) -> Int? {
    if let value = definitions[number]?[root] { return value }
    let before = flow.predecessors[number]
    if before.isEmpty { return nil }
    let isOpen = before.contains { !finished.contains($0) }
    if before.count == 1, !isOpen {
      guard let value = lookUp(root, before[0]) else { return nil }
      write(root, value, number)
      return value
    }
    let current = block
    block = number
    let phi = add(.phi, names[root] ?? "value", type: types[root], [])
    block = current
    write(root, phi, number)
    if isOpen { incomplete.append((number, root, phi)) } else { fill(phi, root, number) }
    return phi
  }

  private mutating func fill(_ phi: Int, _ root: String, _ number: Int) {
    for before in flow.predecessors[number] {
      guard let value = lookUp(root, before) else { continue }
      graph.nodes[phi].operands.append(
        StaticGraph.Operand(node: value, role: flow.isBackEdge(before, number) ? "next" : ""))
    }
  }

  /// What jumps give the arguments of blocks.
  private mutating func fillArguments() {
    for number in function.blocks.indices where flow.order[number] != nil {
      guard let last = function.blocks[number].instructions.last,
        last.opcode == "br" || last.opcode == "cond_br"
      else { continue }
      for target in flow.successors[number] {
        let arguments = function.blocks[target].arguments
        guard !arguments.isEmpty,
          let found = last.operands.firstRange(of: function.blocks[target].label + "(")
        else { continue }
        var scan = Scanner(last.operands[found.upperBound...])
        let given = Lowering.values(in: scan.balanced(until: ")"))
        for (argument, value) in zip(arguments, given) {
          guard let phi = values[argument.value], graph.nodes[phi].kind == .phi,
            let source = values[value]
          else { continue }
          graph.nodes[phi].operands.append(
            StaticGraph.Operand(
              node: source, role: flow.isBackEdge(number, target) ? "next" : ""))
        }
      }
    }
  }

  /// A phi whose operands are all one value, or itself, is that value.
  private mutating func removeTrivial() {
    var changed = true
    while changed {
      changed = false
      for node in graph.nodes where node.kind == .phi {
        let sources = Set(node.operands.map(\.node)).subtracting([node.id])
        guard sources.count == 1, let source = sources.first else { continue }
        var moved = false
        for index in graph.nodes.indices where index != node.id {
          for position in graph.nodes[index].operands.indices
          where graph.nodes[index].operands[position].node == node.id {
            graph.nodes[index].operands[position].node = source
            moved = true
          }
        }
        if moved { changed = true }
      }
    }
  }
}

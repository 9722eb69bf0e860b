// A dynamo that edits at random, sensibly or not: the variable EDIT_SEED says how.
import Glibc
import RayIR

struct Edits: Dynamo {
  private var random = Generator(state: getenv("EDIT_SEED").flatMap { UInt64(String(cString: $0)) } ?? 1)
  /// Whether what is known to be wrong is left out: then edits go on for longer.
  private let isCareful: Bool
  private var stale: [Instruction] = []

  init() { isCareful = Int.random(in: 0..<4, using: &random) > 0 }

  mutating func transform(_ function: Function) {
    for _ in 0..<Int.random(in: 0..<12, using: &random) { edit(function) }
  }

  private mutating func edit(_ function: Function) {
    let all = function.instructions
    guard let one = all.randomElement(using: &random), let two = all.randomElement(using: &random)
    else { return }
    let module = function.module
    switch Int.random(in: 0..<22, using: &random) {
    case 0:
      if !isCareful || one.value.users.isEmpty && !one.opcode.isTerminator {
        stale.append(one)
        one.delete()
      }
    case 1 where one.opcode.isArithmetic:
      let same = Opcode.allCases.filter {
        $0.isArithmetic && one.type.isInteger == $0.rawValue.first.map { $0 != "f" }
      }
      one.replace(
        with: .arithmetic(same.randomElement(using: &random)!, one.operands[0], one.operands[1]))
    case 2:
      if isCareful, one.type != two.type || one.type.isVoid || one.opcode == .phi { return }
      if isCareful, !one.isDominated(by: two.value) || one == two { return }
      one.insertBefore(.icmp(.eq, two.value, two.value))
    case 3:
      let operands = one.operands
      guard let index = operands.indices.randomElement(using: &random) else { return }
      if isCareful, operands[index].type != two.type || !one.isDominated(by: two.value) { return }
      one.setOperand(index, to: two.value)
    case 4:
      if isCareful, one.opcode.isTerminator || one.opcode == .phi || two.opcode == .phi { return }
      if isCareful, one.type.isVoid == false, one.operands.contains(where: { !two.isDominated(by: $0) }) { return }
      one.clone(before: two)
    case 5:
      if isCareful { return }
      one.move(before: two)
    case 6 where one.isCall:
      one.replace(with: .xcall(one.callee!, one.arguments, like: one))
    case 7:
      if let old = stale.randomElement(using: &random), !isCareful { _ = old.opcode }
    case 8:
      one.insertBefore(.call(module.declare("hook"), []))
    case 9:
      if isCareful, one.type != two.type || one == two { return }
      if isCareful, one.value.users.contains(where: { !$0.isDominated(by: two.value) }) { return }
      one.value.replaceUses(with: two.value)
    case 10:
      guard let block = function.blocks.randomElement(using: &random) else { return }
      if isCareful, !block.value.users.isEmpty || block == function.blocks[0] { return }
      if isCareful, block.successors.contains(where: { $0.instructions[0].opcode == .phi }) { return }
      if isCareful, block.instructions.contains(where: { $0.value.users.contains { $0.block != block } }) { return }
      block.delete()
    case 11:
      let block = function.appendBlock("more")
      block.append(.unreachable)
    case 12: function.prepend(.call(module.declare("hook"), []))
    case 13 where one.opcode.isTerminator:
      if isCareful, !one.block.successors.isEmpty || one.previous?.isCall == true { return }
      one.replace(with: .unreachable)
    case 14:
      _ = function.dominatorTree
      _ = function.liveness
    case 15: _ = (one.description, one.location, one.metadata("dbg"), one.value.users, function.problem)
    case 16:
      if isCareful { return }
      one.insertBefore(.store(two.value, to: one.value))
    case 17:
      if isCareful, !one.type.isPointer || one.opcode.isTerminator || one.next?.opcode == .phi { return }
      one.insertAfter(.load(module.integer(8), from: one.value))
    case 18:
      if isCareful { return }
      one.replace(with: .br(function.blocks.randomElement(using: &random)!))
    case 19: function.recurse()
    case 20:
      if isCareful { return }
      function.value.replaceUses(with: one.value)
    default:
      function.postwalk { $0.opcode == .fmul ? .fadd($0.operands[0], $0.operands[1]) : nil }
    }
  }
}

struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

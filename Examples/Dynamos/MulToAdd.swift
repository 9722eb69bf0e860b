import RayIR

/// IRTools: prewalk(ir) { x == :(*) ? :(+) : x }
struct MulToAdd: Dynamo {
  func transform(_ function: Function) {
    for instruction in function.instructions where instruction.opcode == .fmul {
      instruction.replace(with: .fadd(instruction.operands[0], instruction.operands[1]))
    }
  }
}

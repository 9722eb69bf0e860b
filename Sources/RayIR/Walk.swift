extension Function {
  /// Rewrites instructions, each before those that compute what it takes: IRTools' `prewalk`.
  ///
  ///     function.prewalk { $0.opcode == .fmul ? .fadd($0.operands[0], $0.operands[1]) : nil }
  ///
  /// - Parameter rewrite: what takes the instruction's place; nil leaves it. Called once for each
  ///   instruction that was there.
  public func prewalk(_ rewrite: (Instruction) -> Operation?) {
    walk(blocksInOrder.reversed().flatMap { $0.instructions.reversed() }, rewrite)
  }

  /// Rewrites instructions, each after those that compute what it takes: IRTools' `postwalk`.
  public func postwalk(_ rewrite: (Instruction) -> Operation?) {
    walk(blocksInOrder.flatMap(\.instructions), rewrite)
  }

  private func walk(_ instructions: [Instruction], _ rewrite: (Instruction) -> Operation?) {
    for instruction in instructions where instruction.isValid {
      if let operation = rewrite(instruction), instruction.isValid {
        instruction.replace(with: operation)
      }
    }
  }

  /// Blocks before those they lead to, but for loops; those that nothing leads to come last.
  public var blocksInOrder: [Block] {
    guard let first = blocks.first else { return [] }
    var seen: Set<Block> = [first]
    var finished: [Block] = []
    var stack: [(block: Block, next: ArraySlice<Block>)] = [(first, first.successors[...])]
    while var top = stack.popLast() {
      guard let next = top.next.popFirst() else {
        finished.append(top.block)
        continue
      }
      stack.append(top)
      if seen.insert(next).inserted { stack.append((next, next.successors[...])) }
    }
    return finished.reversed() + blocks.filter { !seen.contains($0) }
  }
}

internal import CLLVM

/// Which blocks lie on every way to a block.
public struct DominatorTree {
  private var parents: [Block: Block] = [:]
  private var reachable: Set<Block> = []

  init(_ function: Function) {
    let blocks = function.blocks
    guard let first = blocks.first else { return }
    var numbers = [Int](repeating: -1, count: blocks.count)
    rayir_dominators(function.live, &numbers)
    reachable = [first]
    for (block, number) in zip(blocks, numbers) where number >= 0 {
      parents[block] = blocks[number]
      reachable.insert(block)
    }
  }

  /// The nearest block that every way to this one passes; nil for the first one.
  public func parent(of block: Block) -> Block? { parents[block] }

  /// Whether every way to `other` passes `block`; a block dominates itself.
  public func dominates(_ block: Block, _ other: Block) -> Bool {
    // Nothing leads there, so all ways do what one likes.
    guard reachable.contains(other) else { return true }
    var current: Block? = other
    while let here = current {
      if here == block { return true }
      current = parents[here]
    }
    return false
  }
}

/// Which results are still needed at the ends of blocks.
public struct Liveness {
  private var out: [Block: Set<Value>] = [:]
  private var into: [Block: Set<Value>] = [:]

  init(_ function: Function) {
    var used: [Block: Set<Value>] = [:]
    var made: [Block: Set<Value>] = [:]
    // What a phi takes is needed at the end of the block it comes from.
    var taken: [Block: Set<Value>] = [:]
    let blocks = function.blocksInOrder
    for block in blocks {
      var defined = Set<Value>()
      for instruction in block.instructions {
        if instruction.opcode == .phi {
          for (value, source) in instruction.incoming where Self.isTracked(value) {
            taken[source, default: []].insert(value)
          }
        } else {
          let operands = instruction.operands.filter(Self.isTracked)
          used[block, default: []].formUnion(operands.filter { !defined.contains($0) })
        }
        defined.insert(instruction.value)
      }
      made[block] = defined
    }
    var changed = true
    while changed {
      changed = false
      for block in blocks.reversed() {
        var live = taken[block] ?? []
        for next in block.successors { live.formUnion(into[next] ?? []) }
        let needed = live.subtracting(made[block] ?? []).union(used[block] ?? [])
        if live != out[block] || needed != into[block] { changed = true }
        out[block] = live
        into[block] = needed
      }
    }
  }

  private static func isTracked(_ value: Value) -> Bool {
    value.instruction != nil || LLVMIsAArgument(value.live) != nil
  }

  /// Results and parameters that something behind the block needs.
  public func liveOut(_ block: Block) -> Set<Value> { out[block] ?? [] }

  /// Results and parameters from before that the block or something behind it needs.
  public func liveIn(_ block: Block) -> Set<Value> { into[block] ?? [] }
}

extension Function {
  /// As the function is now.
  public var dominatorTree: DominatorTree { DominatorTree(self) }
  /// As the function is now.
  public var liveness: Liveness { Liveness(self) }
}

extension Instruction {
  /// Of a phi: what it takes, and from which block.
  public var incoming: [(value: Value, from: Block)] {
    guard opcode == .phi else { return [] }
    let pointer = live
    return (0..<LLVMCountIncoming(pointer)).map { index in
      (
        Value(LLVMGetIncomingValue(pointer, index), store),
        Block(LLVMGetIncomingBlock(pointer, index), store)
      )
    }
  }

  /// Whether a value is there on every way to this instruction.
  public func isDominated(by value: Value) -> Bool {
    rayir_dominates(value.live, live) != 0
  }
}

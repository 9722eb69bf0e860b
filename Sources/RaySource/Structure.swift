/// Makes nested statements of blocks and jumps: the relooper.
///
/// The algorithm is that of Norman Ramsey, "Beyond Relooper: Recursive Translation of Unstructured
/// Control Flow to Structured Control Flow" (ICFP 2022), which goes down the tree of dominators,
/// where Alon Zakai's Relooper ("Emscripten: An LLVM-to-JavaScript Compiler", 2011) searches:
///
/// - a block that several others jump to stands behind a labelled `do` that they leave by `break`;
/// - a loop's header begins a `while true`; a jump back to it is `continue`;
/// - any other block stands where the jump to it was.
///
/// Two things are ours: what a block declares stands in front of the `do`, so that all it dominates
/// see it; and where a loop goes on, its code stands behind the loop and not inside.
struct Structure {
  private let flow: ControlFlow
  private let lowering: Lowering
  /// The blocks behind labels, by the block that they are placed at.
  private var placed: [Int: [Int]] = [:]
  private var labels: [Int: Label] = [:]
  private var loopLabels: [Int: Label] = [:]

  init(_ flow: ControlFlow, _ lowering: Lowering) {
    self.flow = flow
    self.lowering = lowering
    for block in 1..<max(1, flow.count) where flow.order[block] != nil { place(block) }
    for key in placed.keys { placed[key]!.sort { flow.order[$0]! < flow.order[$1]! } }
    for header in flow.loops.keys { loopLabels[header] = Label() }
  }

  private mutating func place(_ block: Int) {
    let parent = flow.immediateDominator[block]!
    let left = flow.headers(around: parent).first { !flow.loops[$0]!.contains(block) }
    let isMerge = flow.forwardPredecessors(block).count > 1
    var home = parent
    let isExit = left.map { self.isExit(block, of: $0) } ?? false
    if let left, isMerge || isExit || isLong(block) { home = left }
    guard isMerge || isExit || home != parent,
      isExit && !lowering.isThrow(block) || !lowering.isReturn(block)
    else { return }
    placed[home, default: []].append(block)
    labels[block] = Label()
  }

  /// Whether a loop's own condition leads to a block: at its top, or where it jumps back.
  private func isExit(_ block: Int, of header: Int) -> Bool {
    flow.predecessors[block].contains { previous in
      previous == header
        || flow.loops[header]!.contains(previous) && flow.successors[previous].contains(header)
    }
  }

  /// Whether a block begins so much that it would hide the loop it stands in.
  private func isLong(_ block: Int) -> Bool {
    let dominated = (0..<flow.count).filter { flow.order[$0] != nil && flow.dominates(block, $0) }
    return dominated.count > 3 || dominated.contains { flow.loops[$0] != nil }
  }

  func statements() throws(SourceError) -> [Statement] { try tree(0) }

  private func tree(_ block: Int) throws(SourceError) -> [Statement] {
    let children = placed[block] ?? []
    guard let members = flow.loops[block] else {
      let body = try lowering.lower(block)
      return body + (try nest(children[...]) { () throws(SourceError) in try end(block) })
    }
    // What stands behind the loop is declared before anything in it jumps there.
    return try nest(children.filter { !members.contains($0) }[...]) { () throws(SourceError) in
      let body = try lowering.lower(block)
      let inside = try nest(children.filter { members.contains($0) }[...]) {
        () throws(SourceError) in try end(block)
      }
      return [.loop(loopLabels[block]!, .forever, body + inside)]
    }
  }

  /// Each of the blocks behind a labelled block around all before.
  private func nest(
    _ blocks: ArraySlice<Int>, _ core: () throws(SourceError) -> [Statement]
  ) throws(SourceError) -> [Statement] {
    guard let last = blocks.last else { return try core() }
    let declarations = lowering.declareArguments(last)
    let inside = try nest(blocks.dropLast(), core)
    return declarations + [.block(labels[last]!, inside)] + (try tree(last))
  }

  private func end(_ block: Int) throws(SourceError) -> [Statement] {
    try lowering.terminate(block) { (target, values) throws(SourceError) in
      try jump(block, target, values)
    }
  }

  private func jump(
    _ from: Int, _ target: Int, _ values: [Expression]
  ) throws(SourceError) -> [Statement] {
    if flow.isBackEdge(from, target) {
      return lowering.assignArguments(target, values) + [.again(loopLabels[target]!)]
    }
    if let label = labels[target] {
      return lowering.assignArguments(target, values) + [.leave(label)]
    }
    return lowering.bindArguments(target, values, isLoop: flow.loops[target] != nil)
      + (try tree(target))
  }
}

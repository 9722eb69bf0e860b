/// The data flow of a function as its code has it: nothing is run, so loops and branches stay.
public struct StaticGraph: Sendable {
  public enum Kind: String, Sendable {
    case parameter, constant, operation, branch, result
    /// Where ways meet: the value is that of the way that was taken.
    case phi
    /// A variable that a closure sees, too: who wrote last cannot be proved.
    case shared
  }

  public struct Operand: Sendable, Equatable {
    public var node: Int
    /// What it is there: the way it comes by, for a phi; else empty.
    public var role: String
  }

  public struct Node: Sendable {
    public var id: Int
    public var kind: Kind
    /// `+`, `Array.append`, `if`, a variable's name.
    public var label: String
    /// As Swift writes it; empty for what has none.
    public var type: String
    public var location: SILLocation?
    public var operands: [Operand]
    /// The innermost loop that it is in.
    public var loop: Int?
    /// The branch that decides whether it happens, and on what outcome.
    public var condition: Operand?
    var hasEffect = false
  }

  public struct Loop: Sendable {
    public var id: Int
    public var parent: Int?
    public var location: SILLocation?
  }

  public var function: String
  public var nodes: [Node] = []
  public var loops: [Loop] = []

  /// Leaves out what neither a result, a branch nor an effect needs.
  mutating func removeUnused() {
    var needed: Set<Int> = []
    var work = nodes.filter {
      $0.hasEffect || [.result, .branch, .parameter].contains($0.kind)
    }.map(\.id)
    let byID = Dictionary(uniqueKeysWithValues: nodes.map { ($0.id, $0) })
    while let id = work.popLast() {
      guard needed.insert(id).inserted, let node = byID[id] else { continue }
      work += node.operands.map(\.node)
      if let condition = node.condition { work.append(condition.node) }
    }
    nodes.removeAll { !needed.contains($0.id) }
  }
}

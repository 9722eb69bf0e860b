import Testing

@testable import RaySource

@Suite struct ControlFlowTests {
  /// 0 → 1 ⇄ 2, 1 → 3
  @Test func aLoopHasItsHeaderAndItsBlocks() throws {
    let flow = try ControlFlow(successors: [[1], [2, 3], [1], []])
    #expect(flow.loops == [1: [1, 2]])
    #expect(flow.immediateDominator == [0, 0, 1, 1])
    #expect(flow.isBackEdge(2, 1))
    #expect(!flow.isBackEdge(0, 1))
  }

  @Test func blocksThatAreNeverReachedDoNotCount() throws {
    let flow = try ControlFlow(successors: [[1], [], [1]])
    #expect(flow.order[2] == nil)
    #expect(flow.predecessors[1] == [0])
  }

  /// 0 → 1, 2; 1 ⇄ 2
  @Test func aLoopWithTwoEntriesIsRefused() {
    #expect(throws: SourceError.self) {
      try ControlFlow(successors: [[1, 2], [2], [1]])
    }
  }
}

import Testing

@testable import RayGraph

@Suite("An optimised graph")
struct OptimizationTests {
  @Test("has no operation that nothing needs")
  func dead() throws {
    var f = GraphBuilder(xs: [2, 3])
    let sum = f.add(.fadd, f.x(0), f.x(1))
    _ = f.add(.fmul, f.x(0), f.x(1))
    let graph = f.returning(sum).optimized()
    #expect(graph.nodes.map(\.id) == [0, 1, 2])
    #expect(try graph.run([Scalar(0.1), Scalar(0.2)]) == [Scalar(0.1 + 0.2)])
  }

  @Test("does nothing twice, and knows which operations have an order")
  func duplicates() {
    var f = GraphBuilder(xs: [2, 3])
    let first = f.add(.fsub, f.x(0), f.x(1))
    let same = f.add(.fsub, f.x(0), f.x(1))
    let other = f.add(.fsub, f.x(1), f.x(0))
    let graph = f.returning(f.add(.fmul, f.add(.fmul, first, same), other)).optimized()
    #expect(graph.nodes.count { $0.kind == .operation(.fsub) } == 2)
  }

  @Test("has computed what is constant, but no sum of zero and a number, which has a sign")
  func constants() {
    var f = GraphBuilder(xs: [2])
    let two = f.add(.fadd, number(1), number(1))
    let scaled = f.add(.fmul, f.x(0), f.add(.fsub, two, number(1)))
    let graph = f.returning(f.add(.fadd, number(0), scaled)).optimized()
    #expect(graph.nodes.map(\.kind).dropFirst() == [.operation(.fadd)])
    #expect(graph.nodes.last?.operands == [number(0), .node(0)])
    #expect(try! graph.run([Scalar(-0.0)]) == [Scalar(0.0)])
  }

  @Test("keeps guards with all they need, but for those that always hold")
  func guards() {
    var f = GraphBuilder(xs: [2, 3])
    let difference = f.add(.fsub, f.x(0), f.x(1), line: 3)
    f.require(f.add(.olt, difference, number(0), type: .bool, line: 3), line: 3)
    f.require(f.add(.olt, number(1), number(2), type: .bool, line: 4), line: 4)
    let graph = f.returning(f.x(0)).optimized()
    #expect(graph.guards.map { $0.location?.line } == [3])
    #expect(graph.nodes.count == 5)
  }

  @Test("keeps effects, in their order")
  func effects() {
    var f = GraphBuilder(xs: [2])
    let put = Node.Kind.call(Callee(name: "note", symbol: nil, isPure: false))
    f.graph.nodes.append(Node(id: 1, put, [f.x(0)], type: .double))
    f.graph.nodes.append(Node(id: 2, put, [f.x(0)], type: .double))
    #expect(f.returning(f.x(0)).optimized().nodes.map(\.id) == [0, 1, 2])
  }
}

@Suite("Whatever a graph computes")
struct AgreementTests {
  /// Operations of all kinds on three numbers and what came of them.
  static func random(_ seed: UInt64, count: Int) -> Graph {
    var random = SplitMix(state: seed)
    var f = GraphBuilder(xs: [0.5, -1.25, 3])
    var numbers = [f.x(0), f.x(1), f.x(2), number(0), number(1), number(-0.0), number(2.5)]
    var words: [Operand] = [
      .constant(Scalar(3)), .constant(Scalar(-7)),
      f.add(.bitcast, f.x(0), type: .int64), f.add(.bitcast, f.x(1), type: .int64),
    ]
    var truths: [Operand] = [.constant(Scalar(true))]
    let binary: [Opcode] = [.fadd, .fsub, .fmul, .fdiv, .copysign, .frem]
    let unary: [Opcode] = [.fneg, .sqrt, .fabs, .floor, .ceil, .trunc, .round, .rint]
    let integers: [Opcode] = [
      .add, .sub, .mul, .and, .or, .xor, .smin, .smax, .umin, .umax, .saddSat, .uaddSat, .ssubSat,
      .usubSat,
    ]
    let bits: [Opcode] = [.abs, .ctpop, .ctlz, .cttz, .bswap, .bitreverse]
    let flags: [Opcode] = [
      .saddOverflow, .uaddOverflow, .ssubOverflow, .usubOverflow, .smulOverflow, .umulOverflow, .eq,
      .ne, .slt, .sle, .sgt, .sge, .ult, .ule, .ugt, .uge,
    ]
    let comparisons: [Opcode] = [
      .oeq, .one, .olt, .ole, .ogt, .oge, .ord, .ueq, .une, .fult, .fule, .fugt, .fuge, .uno,
    ]
    for _ in 0..<count {
      let (a, b) = (random.pick(numbers), random.pick(numbers))
      let (i, j) = (random.pick(words), random.pick(words))
      switch random.next() % 12 {
      case 0...2: numbers.append(f.add(random.pick(binary), a, b))
      case 3: numbers.append(f.add(random.pick(unary), a))
      case 4: numbers.append(f.add(.fma, a, b, random.pick(numbers)))
      case 5: truths.append(f.add(random.pick(comparisons), a, b, type: .bool))
      case 6: numbers.append(f.add(.select, random.pick(truths), a, b))
      case 7: words.append(f.add(random.pick(integers), i, j, type: .int64))
      case 8: words.append(f.add(random.pick(bits), i, type: .int64))
      case 9: truths.append(f.add(random.pick(flags), i, j, type: .bool))
      case 10:
        let narrow = f.add(.truncate, i, type: .int16)
        words.append(f.add(random.next() % 2 == 0 ? .sext : .zext, narrow, type: .int64))
      default:
        let shift = f.add(.and, j, .constant(Scalar(63)), type: .int64)
        words.append(f.add(random.pick([.shl, .lshr, .ashr]), i, shift, type: .int64))
      }
    }
    var graph = f.returning(numbers.last!)
    graph.outputs += (numbers + truths + words).enumerated().map { index, operand in
      Graph.Output(name: "part \(index)", type: "", path: [0], operand: operand)
    }
    return graph
  }

  @Test(
    "it computes to the bit, interpreted, optimised, as native code, saved and loaded",
    arguments: 1...6)
  func agreement(_ seed: UInt64) throws {
    let graph = Self.random(seed, count: 300)
    let loaded = try Graph(json: graph.json)
    #expect(loaded == graph)
    let optimized = loaded.optimized()
    #expect(optimized.nodes.count < graph.nodes.count)
    for inputs in [[0.5, -1.25, 3], [0, -0.0, 1e300], [.infinity, 7, .nan]] as [[Double]] {
      let scalars = inputs.map { Scalar($0) }
      let expected = try graph.run(scalars)
      #expect(areSame(try optimized.run(scalars), expected))
      // A NaN's bits may differ, and so may whatever is made of them as an integer.
      if !inputs.contains(where: \.isNaN), !expected.contains(where: { $0.double.isNaN }) {
        #expect(try optimized.runNative(scalars) == expected)
      }
    }
  }
}

struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func pick<T>(_ values: [T]) -> T { values[Int(next() % UInt64(values.count))] }
}

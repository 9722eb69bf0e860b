// How long the example of Examples/Graphs takes as it is, and as a compiled graph of one call. A
// plain program: nothing in it is instrumented. It takes both in turns, warm, and prints
// nanoseconds a call and the ratio, the median of the rounds.
import RayGraph

let graph = try Graph(contentsOf: CommandLine.arguments[1])
let compiled = try graph.typed(as: (([Double]) -> Double).self).optimized().compiled()

func input(_ round: Int) -> [Double] {
  (0..<4).map { index in
    let step = (round * 7 + index * 3) % 11
    return Double(step) / 4 - 1
  }
}
let inputs = (0..<64).map(input)

// The graph is of the path that the recorded inputs took; the example has no other.
for xs in inputs {
  let (a, b) = (energy(xs), try compiled(xs))
  guard a.bitPattern == b.bitPattern else { fatalError("\(xs): \(a) is not \(b)") }
}

@inline(never)
func time(_ calls: Int, _ body: ([Double]) throws -> Double) rethrows -> (
  nanoseconds: Double, Double
) {
  var sum = 0.0
  let clock = ContinuousClock()
  let duration = try clock.measure {
    for call in 0..<calls { sum += try body(inputs[call & 63]) }
  }
  let (seconds, attoseconds) = duration.components
  return ((Double(seconds) * 1e9 + Double(attoseconds) / 1e9) / Double(calls), sum)
}

var (original, graphed, ratios): ([Double], [Double], [Double]) = ([], [], [])
for round in 0..<11 {
  let (a, first) = time(20_000, energy)
  let (b, second) = try time(20_000) { try compiled($0) }
  precondition(first.bitPattern == second.bitPattern)
  // The first round warms both up.
  if round == 0 { continue }
  original.append(a)
  graphed.append(b)
  ratios.append(a / b)
}
func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
func text(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
print(
  "original \(text(median(original))) ns, graph \(text(median(graphed))) ns a call: "
    + "\(text(median(ratios))) times as fast; \(graph.nodes.count) nodes")

// Records Rosenbrock's function, and computes its gradient on the graph.
//
//     rayc run Examples/Graphs/Rosenbrock.swift
import RayGraph

func rosenbrock(_ x: [Double]) -> Double {
  var sum = 0.0
  for i in 0..<x.count - 1 {
    let first = 1 - x[i]
    let second = x[i + 1] - x[i] * x[i]
    sum += first * first + 100 * second * second
  }
  return sum
}

let graph = try traceGraph(
  rosenbrock, [0.5, 0.25, 0.125], as: "rosenbrock(_:)", parameters: ["x"])
let f = try graph.optimized().compiled()
print(try f([1, 2, 3]), rosenbrock([1, 2, 3]))

let slope = try graph.graph.gradient().optimized().typed(as: (([Double]) -> [Double]).self)
let point = [-1.2, 1, 0.7]
for (index, derivative) in try slope.compiled()(point).enumerated() {
  var (low, high) = (point, point)
  low[index] -= 1e-6
  high[index] += 1e-6
  let difference = (rosenbrock(high) - rosenbrock(low)) / 2e-6
  print(
    "d/dx[\(index)]:", derivative, abs(derivative - difference) < 1e-3 ? "as" : "not as",
    "finite differences")
}

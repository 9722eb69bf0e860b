// A mean of nothing, and what becomes of it.
@inline(never)
func output(_ value: Double) { print(value) }

func mean(_ values: [Double]) -> Double {
  values.reduce(0) { $0 + $1 } / Double(values.count)
}

let groups = ["a": [1.0, 2.0], "b": [], "c": [3.0]]
let means = groups.mapValues { mean($0) }
let best = means.keys.sorted().map { means[$0]! * 100 }
output(best.reduce(0) { $0 + $1 })

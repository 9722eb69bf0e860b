// A function of some numbers with results of many kinds: which operations does each need?
// (The example of the graph tracer, whose graph keeps the essential path.)
import Glibc

/// Eight results.
func all(_ xs: [Double]) -> [Double] {
  let total = xs.reduce(0, +)
  let product = xs.reduce(1, *)
  return [
    total, product, sin(total), cos(total), tan(product), round(product), floor(total),
    ceil(product),
  ]
}

/// The same, and nobody uses four of them.
func some(_ xs: [Double]) -> [Double] {
  let results = all(xs)
  return [results[0], results[2], results[5], results[7]]
}

print(all([0.5, 1.25, 3]))
print(some([0.5, 1.25, 3]))

// Contexts nest: the inner one receives an event first and may change the value; the outer
// one goes on seeing everything, with the values that the inner one returned.
//
//   $ rayc run Examples/NestedContexts.swift
//   the total is 25.0, in the sale 17.5
//   the sale saw 15.0
//   the till saw 10.0, 15.0, 10.0, 7.5

import Ray

@inline(never) func price(_ item: String) -> Double { item == "book" ? 15 : 10 }

func total() -> Double { price("bread") + price("book") }

/// Notes what `price` returns.
struct Till: RayContext {
  var seen: [Double] = []
  mutating func result<T>(_ value: T, of site: Site) -> T {
    if site.callee.contains("price"), let price = value as? Double { seen.append(price) }
    return value
  }
}

/// Halves what `price` returns where it is more than 10.
struct Sale: RayContext {
  var seen: [Double] = []
  mutating func result<T>(_ value: T, of site: Site) -> T {
    guard site.callee.contains("price"), let price = value as? Double, price > 10 else {
      return value
    }
    seen.append(price)
    return price / 2 as! T
  }
}

var till = Till()
var sale = Sale()
let (usual, reduced) = overdub(&till) {
  (total(), overdub(&sale) { total() })
}

func list(_ prices: [Double]) -> String { prices.map { "\($0)" }.joined(separator: ", ") }
print("the total is \(usual), in the sale \(reduced)")
print("the sale saw \(list(sale.seen))")
print("the till saw \(list(till.seen))")

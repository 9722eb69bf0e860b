// Global variables and static properties.

let weights = [3, 1, 4]
var calls = 10
let limit = 7
struct Table { static let sizes = [1: "one", 2: "two"]; static var hits = 0 }
func weighted(_ x: Int) -> Int { calls += 1; var t = 0; for w in weights { t += w * x }; return min(t, limit * 100) + calls }
func sized(_ n: Int) -> String { Table.hits += 1; return (Table.sizes[n] ?? "many") + "\(Table.hits)" }

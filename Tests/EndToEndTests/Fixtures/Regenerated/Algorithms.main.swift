let numbers = [5, 3, 8, 1, 9, 2, 7]
let words = ["pear", "fig", "apple", "kiwi", "plum"]
print(words.firstNonNil { $0.count > 4 ? $0.uppercased() : nil } as Any)
print([Int]().firstNonNil { Optional($0) } as Any)
print(numbers.minAndMax(by: <) as Any, words.minAndMax { $0.count < $1.count } as Any)
print(numbers.endOfPrefix { $0 > 2 }, numbers.endOfPrefix { _ in true })
print(numbers.startOfSuffix { $0 > 1 }, numbers.suffix { $0 != 8 }, numbers.suffix { _ in false })
print(numbers.trimmingPrefix { $0 != 8 })
var parted = numbers
print(parted.partition(subrange: 1..<6) { $0 > 4 }, parted)
print(parted.stablePartition(subrange: 0..<7) { $0 % 2 == 0 }, parted)
print(numbers.partitioned { $0 < 6 })
print(numbers.min(count: 3, sortedBy: <), numbers.max(count: 2, sortedBy: <))
print(numbers.min(count: 0, sortedBy: <), numbers.prefix(2).max(count: 5, sortedBy: >))
print(words.keyed { $0.count }.sorted { $0.key < $1.key })
print(words.grouped { $0.first! }.sorted { $0.key < $1.key })
var order = [1, 2, 3]
repeat { print(order) } while order.nextPermutation()
var turned = numbers
print(turned.rotate(subrange: 1..<6, toStartAt: 3), turned)
turned.reverse(subrange: 2..<7)
print(turned, [1, 3, 5, 7].partitioningIndex { $0 > 4 })
print(numbers.reductions(into: 0) { $0 += $1 })

struct Stop: Error {}
do { _ = try numbers.min(count: 2) { _, _ in throw Stop() } } catch { print("stopped") }
do { _ = try numbers.endOfPrefix { if $0 == 1 { throw Stop() } else { true } } } catch { print("here") }

// Loops of every kind, nested, left early, gone on with.

func sumOfSquares(_ n: Int) -> Int {
  var total = 0
  for i in 1...n { total += i * i }
  return total
}

func primes(upTo n: Int) -> [Int] {
  var found: [Int] = []
  outer: for i in stride(from: 2, through: n, by: 1) {
    for p in found {
      if p * p > i { break }
      if i % p == 0 { continue outer }
    }
    found.append(i)
  }
  return found
}

func collatz(_ start: Int) -> (steps: Int, highest: Int) {
  var n = start
  var steps = 0
  var highest = start
  while n != 1 {
    n = n % 2 == 0 ? n / 2 : 3 * n + 1
    if n > highest { highest = n }
    steps += 1
  }
  return (steps, highest)
}

func firstPair(in xs: [Int], sum: Int) -> String {
  for i in 0..<xs.count {
    for j in (i + 1)..<max(i + 1, xs.count) where xs[i] + xs[j] == sum {
      return "\(xs[i]) + \(xs[j])"
    }
  }
  return "none"
}

func digits(_ number: Int) -> [Int] {
  var rest = abs(number)
  var result: [Int] = []
  repeat {
    result.insert(rest % 10, at: 0)
    rest /= 10
  } while rest > 0
  return result
}

func multiply(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
  var c = [[Double]](repeating: [Double](repeating: 0, count: b[0].count), count: a.count)
  for i in 0..<a.count {
    for j in 0..<b[0].count {
      var sum = 0.0
      for k in 0..<b.count { sum += a[i][k] * b[k][j] }
      c[i][j] = sum
    }
  }
  return c
}

func bubbleSort(_ values: [Int]) -> [Int] {
  var xs = values
  var swapped = true
  while swapped {
    swapped = false
    for i in xs.indices.dropLast() where xs[i] > xs[i + 1] {
      xs.swapAt(i, i + 1)
      swapped = true
    }
  }
  return xs
}

func search(_ xs: [Int], _ wanted: Int) -> Int? {
  var low = 0
  var high = xs.count - 1
  while low <= high {
    let middle = low + (high - low) / 2
    if xs[middle] == wanted { return middle }
    if xs[middle] < wanted { low = middle + 1 } else { high = middle - 1 }
  }
  return nil
}

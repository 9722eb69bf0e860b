// Arithmetic, recursion, strings.

func fib(_ n: Int) -> Int { n < 2 ? n : fib(n - 1) + fib(n - 2) }

func ackermann(_ m: Int, _ n: Int) -> Int {
  if m == 0 { return n + 1 }
  if n == 0 { return ackermann(m - 1, 1) }
  return ackermann(m - 1, ackermann(m, n - 1))
}

func gcd(_ a: Int, _ b: Int) -> Int {
  var (a, b) = (abs(a), abs(b))
  while b != 0 { (a, b) = (b, a % b) }
  return a
}

func rosenbrock(_ x: [Double]) -> Double {
  var total = 0.0
  for i in 0..<(x.count - 1) {
    let a = 1 - x[i]
    let b = x[i + 1] - x[i] * x[i]
    total += a * a + 100 * b * b
  }
  return total
}

func hash(_ text: String) -> UInt64 {
  var value: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in text.utf8 {
    value ^= UInt64(byte)
    value = value &* 0x100_0000_01b3
  }
  return value >> 7 | value << 57
}

func isPalindrome(_ text: String) -> Bool {
  let letters = Array(text.lowercased().filter(\.isLetter))
  var (i, j) = (0, letters.count - 1)
  while i < j {
    if letters[i] != letters[j] { return false }
    i += 1
    j -= 1
  }
  return true
}

func rotate(_ text: String, by shift: Int) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "a"..."z":
      let offset = (Int(scalar.value) - 97 + shift) % 26
      result.unicodeScalars.append(Unicode.Scalar(UInt8(97 + (offset + 26) % 26)))
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

func hanoi(_ n: Int, from: String, to: String, by: String) -> [String] {
  guard n > 0 else { return [] }
  return hanoi(n - 1, from: from, to: by, by: to) + ["\(from)\(to)"]
    + hanoi(n - 1, from: by, to: to, by: from)
}

func mean(_ xs: [Float]) -> Float {
  let sum = xs.reduce(0, +)
  return xs.isEmpty ? .nan : sum / Float(xs.count)
}

func bits(_ x: UInt32) -> Int {
  var rest = x
  var count = 0
  while rest != 0 {
    rest &= rest &- 1
    count += 1
  }
  return count
}

// Switches, enums with payloads, optionals, patterns.

enum Shape {
  case point
  case circle(radius: Double)
  case rectangle(width: Double, height: Double)
  indirect case group([Shape])
}

func area(_ shape: Shape) -> Double {
  switch shape {
  case .point: return 0
  case .circle(let radius): return 3.0 * radius * radius
  case .rectangle(let width, let height): return width * height
  case .group(let shapes):
    var total = 0.0
    for shape in shapes { total += area(shape) }
    return total
  }
}

func doubled(_ shape: Shape) -> Shape {
  switch shape {
  case .point: return .point
  case .circle(let radius): return .circle(radius: radius * 2)
  case .rectangle(let width, let height): return .rectangle(width: width * 2, height: height * 2)
  case .group(let shapes): return .group(shapes.map(doubled))
  }
}

func describe(_ n: Int) -> String {
  switch n {
  case ..<0: return "negative"
  case 0: return "zero"
  case 1...9: return "digit"
  case let x where x % 2 == 0: return "even \(x)"
  default: return "odd \(n)"
  }
}

func grade(_ score: Int?) -> Character {
  guard let score else { return "?" }
  if score >= 90 { return "A" }
  if score >= 80 && score < 90 { return "B" }
  return score < 0 || score > 100 ? "!" : "C"
}

enum Token: Equatable {
  case number(Int), plus, times, open, close
}

func tokens(_ text: String) -> [Token] {
  var result: [Token] = []
  var number: Int?
  for letter in text {
    if let digit = letter.wholeNumberValue {
      number = (number ?? 0) * 10 + digit
      continue
    }
    if let value = number {
      result.append(.number(value))
      number = nil
    }
    switch letter {
    case "+": result.append(.plus)
    case "*": result.append(.times)
    case "(": result.append(.open)
    case ")": result.append(.close)
    default: break
    }
  }
  if let value = number { result.append(.number(value)) }
  return result
}

func firstLong(_ words: [String?]) -> String {
  for case let word? in words where word.count > 3 { return word }
  return words.first.flatMap { $0 } ?? "-"
}

func casted(_ value: Any) -> String {
  if let n = value as? Int { return "Int \(n + 1)" }
  if let s = value as? String { return "String of \(s.count)" }
  return "else"
}

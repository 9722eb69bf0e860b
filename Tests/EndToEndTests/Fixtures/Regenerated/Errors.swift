// Errors: thrown, caught, passed on, turned into optionals.

enum ParseError: Error, Equatable {
  case empty
  case badDigit(Character, at: Int)
}

func parse(_ text: String) throws -> Int {
  guard !text.isEmpty else { throw ParseError.empty }
  var value = 0
  for (index, letter) in text.enumerated() {
    guard let digit = letter.wholeNumberValue else { throw ParseError.badDigit(letter, at: index) }
    value = value * 10 + digit
  }
  return value
}

func parsed(_ text: String) -> String {
  do {
    let value = try parse(text)
    return "value \(value)"
  } catch ParseError.badDigit(let letter, let index) {
    return "bad \(letter) at \(index)"
  } catch {
    return "error \(error)"
  }
}

func total(_ texts: [String]) throws -> Int {
  var sum = 0
  for text in texts { sum += try parse(text) }
  return sum
}

func totalOfGood(_ texts: [String]) -> Int {
  var sum = 0
  for text in texts { if let value = try? parse(text) { sum += value } }
  return sum
}

func retry(_ attempts: Int, _ body: (Int) throws -> String) rethrows -> String {
  for attempt in 1..<max(1, attempts) {
    if let result = try? body(attempt) { return result }
  }
  return try body(attempts)
}

func retried(_ limit: Int) -> String {
  do {
    return try retry(3) { attempt in
      if attempt < limit { throw ParseError.empty }
      return "done at \(attempt)"
    }
  } catch { return "never" }
}

func half(_ x: Int) throws(ParseError) -> Int {
  if x % 2 != 0 { throw .empty }
  return x / 2
}

func halves(_ x: Int) -> Int {
  var value = x
  var count = 0
  while value > 0 {
    do { value = try half(value) } catch { return count }
    count += 1
  }
  return count
}

// What every generated program has: the objects it counts, and what its values are made from.

/// Whether the program delivers the other value of each type: what a replacing context is held to.
nonisolated(unsafe) var swapped = CommandLine.arguments.contains("swap")
nonisolated(unsafe) var live = 0

/// The subjects whose numbers are arguments, or all.
let numbers = CommandLine.arguments.compactMap { Int($0) }
func isWanted(_ number: Int) -> Bool { numbers.isEmpty || numbers.contains(number) }

/// Counted, so that one release too few or too many shows in the output.
final class Token {
  let number: Int
  init(_ number: Int) {
    self.number = number
    live += 1
  }
  deinit { live -= 1 }
}
let anchor = Token(-1)

struct SmallError: Error { var code: Int }
struct LargeError: Error { var a: Int, b: String, c: Token, d: Double }
final class ClassError: Error {
  let token: Token
  init(_ number: Int) { token = Token(number) }
}
enum Failure: Error { case failed }

class Animal {
  let token: Token
  required init(_ number: Int) { token = Token(number) }
  var name: String { "animal \(token.number)" }
}
final class Cat: Animal {
  var lives = 9
  override var name: String { "cat \(token.number) \(lives)" }
}

protocol Describes { var description_: String { get } }
protocol Marks { var mark: Int { get } }
protocol Holds<Item> {
  associatedtype Item
  var item: Item { get }
}
struct Small: Describes, Marks, Hashable {
  var mark: Int
  var description_: String { "small \(mark)" }
}
struct Large: Describes, Marks, Hashable {
  var mark: Int
  var text = "something for the heap, and more than three words"
  var more = 2.5
  var last: Int8 = 3
  var description_: String { "large \(mark) \(text) \(more) \(last)" }
}
final class Heavy: Describes, Marks {
  let token: Token
  init(_ number: Int) { token = Token(number) }
  var mark: Int { token.number }
  var description_: String { "heavy \(mark)" }
}
struct Holder<Item>: Holds { var item: Item }

@inline(never) func makeString(_ n: Int) -> String {
  switch n % 4 {
  case 0: return "s\(n)"
  case 1: return "a string that is too long for two words, number \(n)"
  case 2: return ""
  default: return "größer \(n) 🙂"
  }
}

@inline(never) func makeAny(_ n: Int) -> Any {
  switch n % 5 {
  case 0: return n
  case 1: return makeString(n)
  case 2: return Token(n)
  case 3: return Large(mark: n)
  default: return [n, n + 1] as [Int]?
  }
}

@inline(never) func textOfAny(_ value: Any) -> String {
  switch value {
  case let value as Int: return "Int \(value)"
  case let value as String: return "String \(value)"
  case let value as Token: return "Token \(value.number)"
  case let value as Large: return value.description_
  case let value as [Int]: return "\(value)"
  default: return "something"
  }
}

@inline(never) func makeError(_ n: Int) -> any Error {
  switch n % 4 {
  case 0: return SmallError(code: n)
  case 1: return LargeError(a: n, b: makeString(n), c: Token(n), d: 0.5)
  case 2: return ClassError(n)
  default: return Failure.failed
  }
}

@inline(never) func textOfError(_ value: any Error) -> String {
  switch value {
  case let value as SmallError: return "SmallError \(value.code)"
  case let value as LargeError:
    return "LargeError \(value.a) \(value.b) \(value.c.number) \(value.d)"
  case let value as ClassError: return "ClassError \(value.token.number)"
  default: return "\(value)"
  }
}

@inline(never) func show(_ delivery: StaticString, _ text: String) { print(delivery, text) }
@inline(never) func showType(_ number: Int, _ type: Any.Type) {
  print("type", number, UInt(bitPattern: unsafeBitCast(type, to: Int.self)))
}
/// The context gives up what it remembers.
@inline(never) func forget_everything() -> Int { live }
@inline(never) @_optimize(none) func sink<T>(_ value: T) {}

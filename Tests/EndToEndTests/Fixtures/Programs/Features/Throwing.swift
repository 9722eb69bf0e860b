// throws, rethrows, try? and try!, typed throws, defer on the way out, errors of every shape.

import Foundation

enum Problem: Error, Equatable {
  case small, number(Int), text(String)
  indirect case nested(Problem)
}
struct Tiny: Error {}
struct Large: Error, Equatable { var a = 1, b = 2, c = 3, d = 4, e = "five" }
final class Reported: Error {
  nonisolated(unsafe) static var live = 0
  let why: String
  init(_ why: String) { self.why = why; Self.live += 1 }
  deinit { Self.live -= 1 }
}

func throwing(_ n: Int) throws -> String {
  switch n {
  case 0: throw Problem.small
  case 1: throw Problem.number(n)
  case 2: throw Problem.nested(.text("deep"))
  case 3: throw Reported("three")
  case 4: throw Large()
  case 5: throw NSError(domain: "domain", code: 5)
  default: return "value \(n)"
  }
}

// Typed.

func tiny(_ n: Int) throws(Tiny) -> Int { if n < 0 { throw Tiny() }; return n }
func large(_ n: Int) throws(Large) -> Large { if n < 0 { throw Large(b: n) }; return Large(a: n) }
func word(_ n: Int) throws(Reported) -> Int? { if n < 0 { throw Reported("typed") }; return n }
func nothing(_ n: Int) throws(Problem) { if n < 0 { throw .number(n) } }
func float(_ n: Int) throws(Problem) -> Double { if n < 0 { throw .small }; return Double(n) / 2 }
func pair(_ n: Int) throws(Problem) -> (String, Int) {
  if n < 0 { throw .text("no \(n)") }
  return ("yes", n)
}
func forward<T, E: Error>(_ body: () throws(E) -> T) throws(E) -> T { try body() }
func mapped<T, U, E>(_ values: [T], _ body: (T) throws(E) -> U) throws(E) -> [U] {
  var all: [U] = []
  for value in values { all.append(try body(value)) }
  return all
}
func never() throws(Never) -> String { "never" }

struct Checked<T> {
  let value: T
  init(_ value: T, _ ok: Bool) throws(Large) {
    if !ok { throw Large(e: "init") }
    self.value = value
  }
  var read: T { get throws(Problem) { if value is Int { throw .small } else { value } } }
}
class Parent {
  let ticket = Reported("held")
  init(_ n: Int) throws { if n < 0 { throw Problem.number(n) } }
}
final class Child: Parent {
  let other = Reported("other")
  let after: Reported
  init(_ n: Int, _ m: Int) throws {
    if m < 0 { throw Problem.text("early") }
    after = Reported("after")
    try super.init(n)
    if n == 0 { throw Problem.text("late") }
  }
}

protocol Worker {
  associatedtype Failure: Error
  func work(_ n: Int) throws(Failure) -> Int
}
struct Careful: Worker { func work(_ n: Int) -> Int { n } }
struct Careless: Worker { func work(_ n: Int) throws -> Int { if n > 1 { throw Tiny() }; return n } }
struct Exact: Worker { func work(_ n: Int) throws(Large) -> Int { if n > 1 { throw Large(a: n) }; return n } }
func use<W: Worker>(_ worker: W, _ n: Int) -> Result<Int, W.Failure> {
  do throws(W.Failure) { return .success(try worker.work(n)) } catch { return .failure(error) }
}

func rethrowing(_ body: (Int) throws -> Int) rethrows -> Int { try body(1) + body(2) }
func order(_ n: Int) throws -> Int {
  defer { print("first deferred runs last") }
  defer { print("deferred", n) }
  let held = Reported("order")
  defer { _ = held.why }
  do {
    defer { print("inner") }
    if n == 1 { throw Tiny() }
  } catch is Problem { print("not here") }
  for i in 0..<3 {
    defer { print("loop", i) }
    if i == n { continue }
    if i == 2 { break }
  }
  return n
}

for n in 0..<7 {
  do { print(try throwing(n)) } catch let problem as Problem where problem == .small {
    print("small")
  } catch Problem.number(let n) {
    print("number", n)
  } catch let error as Problem {
    print("problem", error)
  } catch let error as Reported {
    print("reported", error.why)
  } catch let error as Large {
    print("large", error.e)
  } catch { print("other", (error as NSError).domain, (error as NSError).code) }
}
print((try? throwing(3)) as Any, try! throwing(9), (try? throwing(7)) ?? "none")
for n in [-1, 4] {
  do { print(try tiny(n)) } catch { print(type(of: error)) }
  do { print(try large(n)) } catch { print(error.b) }
  do { print(try word(n) as Any) } catch { print(error.why) }
  do { try nothing(n); print("fine") } catch { print(error) }
  do { print(try float(n)) } catch { print(error) }
  do { print(try pair(n)) } catch { print(error) }
  do { print(try forward { () throws(Problem) in try pair(n) }) } catch { print(error) }
  do { print(try forward { () throws(Tiny) in [try tiny(n)] }) } catch { print(error) }
  do { print(try mapped([1, n]) { v throws(Large) in try large(v).a }) } catch { print(error) }
  do { print(try [1, n].map { v throws(Problem) in try float(v) }) } catch { print(error) }
  print(Result { try throwing(n) }, Result { () throws(Large) in try large(n) })
  print((try? tiny(n)) as Any, (try? word(n)) as Any, (try? nothing(n)) as Any)
}
print(never(), forward { 5 }, mapped([1, 2]) { $0 * 2 })
for ok in [true, false] {
  do { print(try Checked("text", ok).value, try Checked("text", ok).read) } catch { print("caught", error) }
  do { print(try Checked(1, ok).read) } catch { print("caught", error) }
}
for (n, m) in [(1, 1), (-1, 1), (0, 1), (1, -1)] {
  do { print(try Child(n, m).after.why) } catch { print("caught", error) }
}
for n in 1...2 {
  print(use(Careful(), n), use(Careless(), n), use(Exact(), n))
}
print(rethrowing { $0 }, (try? rethrowing { if $0 == 2 { throw Tiny() } else { $0 } }) as Any)
for n in 0..<3 { print((try? order(n)) as Any) }
let thrown: [any Error] = [Tiny(), Large(), Problem.small, Reported("kept"), CancellationError()]
for error in thrown {
  do { throw error } catch let error as Reported { print(error.why) } catch { print(error) }
}
print("live", Reported.live)

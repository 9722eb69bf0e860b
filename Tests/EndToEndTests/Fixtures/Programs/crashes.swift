// Ends in every way a program can crash: `crashes KIND main|async|task|thread`.
import Foundation
struct Failure: Error {}
final class Node { var next: Node?; var value = 1 }
@inline(never) func trap(_ n: Int) -> Int { [1, 2, 3][n] }
@inline(never) func unwrap(_ n: Int?) -> Int {
  n!
}
@inline(never) func overflow(_ n: Int) -> Int {
  n + 1
}
@inline(never) func divide(_ n: Int) -> Int {
  10 / n
}
@inline(never) func recurse(_ n: Int) -> Int {
  n == -1 ? 0 : recurse(n + 1) + 1
}
@inline(never) func wild() -> Int {
  UnsafePointer<Int>(bitPattern: 16)!.pointee
}
@inline(never) func exclusive(_ a: inout Int, _ body: () -> Void) {
  body()
  a += 1
}
var shared = 1
@inline(never) func owned() -> Int {
  var node: Node? = Node()
  unowned let reference = node!
  node = nil
  return reference.value
}
@inline(never) func throwing() throws { throw Failure() }
@inline(never) func outer(_ kind: String) throws -> Int {
  switch kind {
  case "array": return trap(Int(kind.count))
  case "nil": return unwrap(Int(kind))
  case "overflow": return overflow(Int.max - kind.count + 8)
  case "divide": return divide(kind.count - 6)
  case "fatal": fatalError("a message")
  case "precondition": precondition(kind.isEmpty, "not empty")
  case "assert": assert(kind.isEmpty, "not empty")
  case "exclusive": exclusive(&shared) { shared += 1 }
  case "unowned": return owned()
  case "abort": abort()
  case "throw": try throwing()
  case "wild": return wild()
  case "recursion": return recurse(kind.count)
  default: print("unknown")
  }
  return 0
}
@inline(never) func later(_ kind: String) async throws -> Int {
  await Task.yield()
  return try outer(kind)
}
let kind = CommandLine.arguments[1]
switch CommandLine.arguments[2] {
case "task": print(try await Task { try await later(kind) }.value)
case "async": print(try await later(kind))
case "thread":
  let thread = Thread { _ = try? outer(kind) }
  thread.start()
  while true { sleep(30) }
default: print(try outer(kind))
}

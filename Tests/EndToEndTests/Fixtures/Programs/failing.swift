// Functions that throw in every way, each called with 0, where it throws, and with 1.
enum Small: Error { case x, y }
enum Wide: Error { case number(Int), text(String) }
struct Big: Error { var a = 1, b = "long enough to lie on the heap", c = 2.0, d = "d" }
struct Held: Error { let object = Object(0) }
struct Five { var a = 1, b = 2, c = 3, d = 4, e = "five, long enough to lie on the heap" }
final class Object {
  let number: Int
  init(_ number: Int) { self.number = number }
  deinit { print("  gone \(number)") }
}

@inline(never) func text(_ n: Int) throws -> String {
  if n == 0 { throw Held() }
  return "text \(n), long enough to lie on the heap"
}
@inline(never) func object(_ n: Int) throws -> Object { n == 0 ? try fail() : Object(n) }
@inline(never) func fail() throws -> Object { throw Held() }
@inline(never) func nothing(_ n: Int) throws { if n == 0 { throw Small.y } }
@inline(never) func five(_ n: Int) throws -> Five { if n == 0 { throw Small.x } else { Five() } }
@inline(never) func same<T>(_ value: T, _ n: Int) throws -> T {
  if n == 0 { throw Small.x }
  return value
}
// The error lies in the result's registers, or in memory.
@inline(never) func shared(_ n: Int) throws(Wide) -> Int {
  if n == 0 { throw .text("wide, long enough to lie on the heap") }
  return n
}
@inline(never) func sharedText(_ n: Int) throws(Small) -> String {
  if n == 0 { throw .y }
  return "shared \(n), long enough to lie on the heap"
}
@inline(never) func sharedNothing(_ n: Int) throws(Small) { if n == 0 { throw .y } }
@inline(never) func sharedObject(_ n: Int) throws(Held) -> Object {
  if n == 0 { throw Held() }
  return Object(n)
}
@inline(never) func apart(_ n: Int) throws(Big) -> Double { if n == 0 { throw Big() } else { 1.5 } }
@inline(never) func apartFive(_ n: Int) throws(Small) -> Five {
  if n == 0 { throw .x } else { Five() }
}
@inline(never) func sameApart<T, E: Error>(_ value: T, _ error: E, _ n: Int) throws(E) -> T {
  if n == 0 { throw error }
  return value
}

func main(_ n: Int) {
  do { print("text", try text(n)) } catch { print("text threw", error is Held) }
  do { print("object", try object(n).number) } catch { print("object threw", error is Held) }
  do { try nothing(n); print("nothing") } catch { print("nothing threw", error) }
  do { print("five", try five(n).e) } catch { print("five threw", error) }
  do { print("same", try same("s", n), try same(7, n)) } catch { print("same threw", error) }
  do { print("shared", try shared(n)) } catch { print("shared threw", error) }
  do { print("sharedText", try sharedText(n)) } catch { print("sharedText threw", error) }
  do { try sharedNothing(n); print("sharedNothing") } catch { print("sharedNothing threw", error) }
  do { print("sharedObject", try sharedObject(n).number) } catch {
    print("sharedObject threw", error.object.number)
  }
  do { print("apart", try apart(n)) } catch { print("apart threw", error.b) }
  do { print("apartFive", try apartFive(n).e) } catch { print("apartFive threw", error) }
  do { print("sameApart", try sameApart([1], Wide.number(3), n)) } catch {
    print("sameApart threw", error)
  }
  print("optional", (try? text(n)) as Any, (try? shared(n)) as Any)
}
main(0)
main(1)
// Optimised programs keep what they need of a type; so this is one that hooks find.
print(Five.self)

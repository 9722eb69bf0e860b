import Dispatch
enum E: Error { case bad(Int) }
struct TE: Error { var code: Int }
func thrower(_ n: Int) throws -> Int { if n > 2 { throw E.bad(n) }; return n }
func typed(_ n: Int) throws(TE) -> String { if n > 2 { throw TE(code: n) }; return "ok \(n)" }
class Animal { var name: String; init(_ n: String) { name = n }; func speak() -> String { name + "?" }; deinit { print("bye", name) } }
final class Dog: Animal { override func speak() -> String { name + "!" } }
actor Bank { var total = 0; func add(_ n: Int) -> Int { total += n; return total } }
@Sendable func work(_ n: Int) async -> Int { await Task.yield(); return n * 2 }
func main1() async throws {
  for i in 0..<5 { do { print(try thrower(i)) } catch { print("caught", error) } }
  for i in 1..<5 { do { print(try typed(i)) } catch { print("caught", error.code) } }
  let a: [Animal] = [Dog("rex"), Animal("x")]
  print(a.map { $0.speak() })
  async let x = work(3); async let y = work(4)
  print(await x + y)
  let bank = Bank()
  await withTaskGroup(of: Int.self) { g in
    for i in 0..<10 { g.addTask { await bank.add(i) } }
    var s = 0; for await v in g { s += v > 0 ? 1 : 0 }
    print("done", s)
  }
  print(await bank.total)
  var d: [String: Int] = [:]
  for w in "a b c a b a".split(separator: " ") { d[String(w), default: 0] += 1 }
  print(d.sorted { $0.key < $1.key })
  let q = DispatchQueue(label: "q"); let grp = DispatchGroup()
  for i in 0..<3 { q.async(group: grp) { print("q", i) } }
  grp.wait()
  let kp = \Animal.name; print(a[0][keyPath: kp])
  let s = AsyncStream<Int> { c in for i in 0..<3 { c.yield(i) }; c.finish() }
  for await i in s { print("s", i) }
  var it = stride(from: 0.5, to: 2, by: 0.5).makeIterator(); while let v = it.next() { print(v) }
  print(SIMD4<Float>(1,2,3,4) * 2)
}
try await main1()

import Ray

/// Replaces one function of each kind in Programs/replaced.swift.
///
/// Types that the program declares are declared again, with the same stored properties.
struct Replacing: RayContext {
  var risks = 0

  enum Replacements: Overdubs {
    static func text(original: (String, Int) -> String, _ s: String, _ n: Int) -> String {
      "<" + original(s, n) + ">"
    }
    static func list(original: ([Int]) -> [Int], _ a: [Int]) -> [Int] {
      original(a.reversed()) + [99]
    }
    static func `five(_:times:)`(original: (Five, Int) -> Five, _ f: Five, times n: Int) -> Five {
      var result = original(f, n)
      result.e = -1
      return result
    }
    static func `replaced.hidden`(_ f: Five) -> Int { f.a + f.b }
    static func maybe(original: (Int?) -> Int?, _ n: Int?) -> Int? { n == nil ? 0 : original(n) }
    static func maybeText(_ s: String?) -> String? { s.map { $0 + $0 } }
    static func apply(
      original: @escaping ((Int) -> Int, Int) -> Int, _ f: (Int) -> Int, _ n: Int
    ) -> Int {
      original({ -f($0) }, n + 1)
    }
    static func change(original: (inout String) -> Void, _ s: inout String) {
      original(&s)
      original(&s)
    }
    static func many(
      original: (Int8, Float, Bool, Double, UInt16, Character, (Int, String)) -> (
        Int, Double, String
      ), _ a: Int8, _ b: Float, _ c: Bool, _ d: Double, _ e: UInt16, _ f: Character,
      _ g: (Int, String)
    ) -> (Int, Double, String) {
      original(a, b, !c, d, e + 1, f, (6, g.1))
    }
    static func risky(
      context: inout Replacing, original: (Int) throws -> Int, _ n: Int
    ) throws -> Int {
      context.risks += 1
      do {
        return try original(n) + 100
      } catch {
        print("risk \(context.risks):", error)
        throw error
      }
    }
    static func broken(_ n: Int) -> Int { n + 1000 }

    static func `Node.init`(original: (Int) -> Node, _ value: Int) -> Node { original(value + 1) }
    static func `Node.add`(
      original: (Int, Node) throws -> Int, _ n: Int, self: Node
    ) throws -> Int {
      try original(n, self) * 10
    }
    static func `Node.twice.getter`(original: (Node) -> Int, self: Node) -> Int {
      -original(self)
    }
    static func `Node.twice.setter`(original: (Int, Node) -> Void, _ n: Int, self: Node) {
      original(n + 2, self)
    }
    static func `Node.make`(original: (Int) -> Int, _ n: Int) -> Int { original(n) + 1 }
    static func `D*.so*d`(original: (Dog) -> String, self: Dog) -> String {
      original(self) + original(self)
    }
    static func `Square.area`(original: (Square) -> Int, self: Square) -> Int { -original(self) }
    static func `Tally.init(name:)`(
      original: (consuming String) -> Tally, name: consuming String
    ) -> Tally {
      original(name + ".")
    }
    static func `Tally.bump`(
      original: (Int, inout Tally) -> Int, _ by: Int, self: inout Tally
    ) -> Int {
      self.name += "?"
      return original(by * 2, &self)
    }
    static func `Tally.zero`(_ s: String) -> String { s + "0" }
    static func `Grid.subscript.getter`(
      original: (Int, Grid) -> Int, _ i: Int, self: Grid
    ) -> Int {
      original(i, self) + 1000
    }
    static func `Grid.subscript.setter`(
      original: (Int, Int, inout Grid) -> Void, _ value: Int, _ i: Int, self: inout Grid
    ) {
      original(-value, i, &self)
    }
    static func `Pair.scaled(by:)`(
      original: (Double, Pair) -> Pair, _ f: Double, self: Pair
    ) -> Pair {
      original(f, Pair(x: self.y, y: self.x))
    }
    static func `Swift.String.uppercased`(
      original: (String) -> String, self: String
    ) -> String {
      original(self) + "?"
    }
  }

  struct Five { var a, b, c, d, e: Int }
  struct Pair { var x, y: Double }
  struct Square { var side: Int }
  struct Tally { var name: String, n: Int }
  struct Grid { var cells: [Int] }
  class Node { var value = 0 }
  class Dog {}
}

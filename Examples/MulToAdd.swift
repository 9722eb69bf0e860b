import Ray

/// Adds where the program multiplies: `product([5, 10])` is 15.
struct MulToAdd: RayContext {
  enum Replacements: Overdubs {
    static func `Swift.Int.*`(_ a: Int, _ b: Int) -> Int { a + b }
  }
}

import Ray

/// Fails the third `read`, whatever it would have read.
struct FaultInjector: RayContext {
  var reads = 0

  enum Replacements: Overdubs {
    static func read(
      context: inout FaultInjector, original: (String) throws -> String, _ name: String
    ) throws -> String {
      context.reads += 1
      if context.reads == 3 { throw Fault() }
      return try original(name)
    }
  }

  struct Fault: Error {}
}

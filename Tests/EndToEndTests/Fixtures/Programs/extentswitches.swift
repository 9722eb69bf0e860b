// What is seen of the same work, switched off and on in several ways.
import Glibc
import Ray

/// Counts the calls of `step`.
struct Steps: RayContext {
  var count = 0
  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    if site.calleeMangled.contains("4step") { count += 1 }
  }
  mutating func merge(_ other: Steps) { count += other.count }
}

nonisolated(unsafe) var one = 1
@inline(never) func step(_ n: Int) -> Int { n == 0 ? 0 : one + step(n - 1) }
@inline(never) func later(_ n: Int) async -> Int {
  await Task.yield()
  return step(n)
}
struct Thrown: Error {}

func seen(_ name: String, _ body: (inout Steps) async throws -> Void) async {
  var steps = Steps()
  do { try await body(&steps) } catch { print("caught", terminator: " ") }
  print("\(name): \(steps.count)")
}

@main struct Main {
  static func main() async {
    print("enabled: \(isEnabled)")
    await seen("inside") { overdub(&$0) { _ = step(9) } }
    await seen("disabled") { overdub(&$0) { _ = step(4) + disabled { step(9) } + step(4) } }
    await seen("disabled twice") { overdub(&$0) { _ = disabled { disabled { step(9) } + step(9) } } }
    await seen("disabled, called back") { overdub(&$0) { disabled { _ = [1, 2].map { step($0) } } } }
    await seen("disabled, thrown through") {
      try overdub(&$0) { do { try disabled { _ = step(9); throw Thrown() } } catch { _ = step(4); throw error } }
    }
    await seen("disabled, thread") {
      overdub(&$0) {
        disabled {
          var thread = pthread_t()
          pthread_create(&thread, nil, { _ in _ = step(9); return nil }, nil)
          pthread_join(thread, nil)
        }
      }
    }
    await seen("disabled, async") { await overdub(&$0) { _ = await disabled { await later(9) } + later(4) } }
    await seen("disabled, tasks") {
      await overdub(&$0) {
        await disabled {
          async let a = later(9)
          _ = await Task { await later(9) }.value + a
        }
        _ = await later(4)
      }
    }
    await seen("overdub in disabled") { steps in
      var inner = Steps()
      overdub(&steps) { disabled { overdub(&inner) { _ = step(4) } } }
      print("inner: \(inner.count),", terminator: " ")
    }
    await seen("isEnabled = false") {
      overdub(&$0) { _ = step(4) }
      isEnabled = false
      overdub(&$0) { _ = step(9) }
      isEnabled = true
      overdub(&$0) { _ = step(4) }
    }
    await seen("isEnabled = false inside") {
      overdub(&$0) {
        _ = step(4)
        isEnabled = false
        _ = step(9)
        isEnabled = true
        _ = step(4)
      }
    }
  }
}

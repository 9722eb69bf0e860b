import Marks
import Ray
import UseEvolving
import UseShared
import UseStatic

struct Seen: RayContext {
  var marks = 0
  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    if site.calleeMangled.hasPrefix("$s5Marks4mark") { marks += 1 }
  }
  mutating func merge(_ other: Seen) { marks += other.marks }
}

for (name, work, later) in [
  ("Static", useStatic, useStaticLater), ("Shared", useShared, useSharedLater),
  ("Evolving", useEvolving, useEvolvingLater),
] {
  let (plain, plainLater) = (work(), try await later())
  var seen = Seen()
  let before = marks.load(ordering: .relaxed)
  let same = overdub(&seen) { work() } == plain
  let between = marks.load(ordering: .relaxed)
  print("\(name): \(same), \(seen.marks) of \(between - before)")
  seen = Seen()
  let sameLater = try await overdub(&seen) { try await later() } == plainLater
  print("\(name), async: \(sameLater), \(seen.marks) of \(marks.load(ordering: .relaxed) - between)")
}

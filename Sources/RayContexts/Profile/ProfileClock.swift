// Stage 5: the time, and what taking it costs.
import CRay
import Glibc
import Ray

enum ProfileClock {
  nonisolated(unsafe) private static var began: (ticks: UInt64, nanoseconds: UInt64) = (0, 0)

  /// Before the program begins.
  static func start() {
    measurePrices()
    began = (ray_ticks(), nanoseconds())
  }

  /// Ticks that have passed. The counters of two processors need not agree, so a thread that moves
  /// may find an earlier time than before.
  private static func since(_ begin: UInt64) -> UInt64 {
    let now = ray_ticks()
    return now > begin ? now - begin : 0
  }

  /// Ticks in a second, from how long the program ran; at least 5 ms, for some digits.
  static func frequency() -> Double {
    while nanoseconds() - began.nanoseconds < 5_000_000 { usleep(500) }
    let ticks = since(began.ticks)
    return Double(ticks) * 1e9 / Double(nanoseconds() - began.nanoseconds)
  }

  private static func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// What rayc takes of a call, in ticks: inside of the callee's time, and of the caller's.
  struct Price { var inside: Int64 = 0, outside: Int64 = 0 }

  nonisolated(unsafe) static var function = Price(), primitive = Price()
  /// How far a measured call typically is from that.
  nonisolated(unsafe) static var residual = 0.0

  private static func measurePrices() {
    guard let call = first(.call), let entered = first(.function) else { return }
    guard let functions = measure(call, entered), let primitives = measure(call, nil),
      let whole = measureTree(call, entered)
    else { return }
    // How a call's cost is divided is seen best where all are alike; how much it is, where not.
    let scale = max(1, whole.best / (functions.inside + functions.outside))
    function = Price(
      inside: Int64(functions.inside * scale), outside: Int64(functions.outside * scale))
    primitive = Price(
      inside: Int64(primitives.inside * scale), outside: Int64(primitives.outside * scale))
    residual = whole.typical - whole.best
  }

  /// What a call takes among others that are not like it; without what it takes anyway.
  private static func measureTree(
    _ call: Int, _ entered: Int
  ) -> (best: Double, typical: Double)? {
    let size: UInt32 = 11
    let calls = 287.0
    var rounds: [Double] = []
    for _ in 0..<24 {
      var thread = ThreadProfile()
      thread.makeProbe(Int32(call), Int32(entered))
      defer { thread.deallocate() }
      let begin = ray_ticks()
      rayc_measure_nothing(size)
      let bare = since(begin)
      let (isMeasured, all) = withUnsafeMutablePointer(to: &thread) { pointer in
        var value = Profile(thread: pointer)
        let begin = ray_ticks()
        let isMeasured = rayc_measure_calls(
          &value, MemoryLayout<Profile>.size, rayc_site_at(call), rayc_site_at(entered), 0, size)
        return (isMeasured, since(begin))
      }
      guard isMeasured else { return nil }
      rounds.append(Double(all > bare ? all - bare : 0) / calls)
    }
    rounds = rounds.dropFirst(8).sorted()
    return (rounds[0], rounds[rounds.count / 2])
  }

  private static func first(_ kind: Site.Kind) -> Int? {
    (0..<Site.count).first { Site(index: $0)?.kind == kind }
  }

  /// Calls of nothing, through the hooks as the program calls them: a call's average in the fastest
  /// of several rounds, which nothing has disturbed. Nil: there are several contexts.
  private static func measure(_ call: Int, _ entered: Int?) -> (inside: Double, outside: Double)? {
    let count = 512
    let price = entered == nil ? primitive : function
    var rounds: [(inside: Double, outside: Double)] = []
    for _ in 0..<24 {
      var thread = ThreadProfile()
      thread.makeProbe(Int32(call), entered.map { Int32($0) } ?? -2 - Int32(call))
      let (isMeasured, all) = withUnsafeMutablePointer(to: &thread) { pointer in
        var value = Profile(thread: pointer)
        let begin = ray_ticks()
        let isMeasured = rayc_measure_calls(
          &value, MemoryLayout<Profile>.size, rayc_site_at(call),
          entered.flatMap { rayc_site_at($0) }, count, 0)
        return (isMeasured, Double(since(begin)))
      }
      defer { thread.deallocate() }
      guard isMeasured else { return nil }
      let inside = Double(thread.nodes.base[1].own)
      let measured = inside + Double(count) * Double(price.inside)
      rounds.append((inside / Double(count), (all - measured) / Double(count)))
    }
    // The first ones warm up.
    return rounds.dropFirst(8).min { $0.inside + $0.outside < $1.inside + $1.outside }
  }
}

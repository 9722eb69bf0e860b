// What every benchmark program shares: the clock, the loop around the work, the printing.

import Glibc

/// A program that does `rounds` equal pieces of work.
protocol Kernel {
  /// Sets up the input; not timed.
  init()

  /// How many rounds take about 0.4 s on the machine the numbers in the README come from.
  static var rounds: Int { get }

  /// One piece of work. It depends on `index`, so that no optimiser can do it once for all rounds.
  mutating func round(_ index: Int) -> Int
}

extension Kernel {
  /// Runs the kernel for `CommandLine.arguments[1]` rounds, or `rounds` of them,
  /// and prints `checksum N` and, for the work alone, `elapsed_ns T` and `cpu_ns T`. They are
  /// integers, so that printing them makes the same calls in every run.
  static func main() {
    let rounds = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1])! : Self.rounds
    var kernel = Self()
    var checksum = 0
    let start = (elapsed: nanoseconds(CLOCK_MONOTONIC), cpu: nanoseconds(CLOCK_PROCESS_CPUTIME_ID))
    for index in 0..<rounds {
      checksum = checksum &* 31 &+ kernel.round(index)
    }
    let cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - start.cpu
    let elapsed = nanoseconds(CLOCK_MONOTONIC) - start.elapsed
    print("checksum \(checksum)")
    print("elapsed_ns \(elapsed)")
    print("cpu_ns \(cpu)")
  }
}

func nanoseconds(_ clock: clockid_t) -> Int {
  var time = timespec()
  clock_gettime(clock, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// A small, repeatable pseudo-random sequence (xorshift64*).
struct Sequence64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed | 1 }

  mutating func next(below bound: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_f491_4f6c_dd1d) >> 33) % bound
  }
}

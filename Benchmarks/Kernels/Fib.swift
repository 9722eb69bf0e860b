// Calls and nothing else: the worst case for a hook around every call.

@main
struct Fib: Kernel {
  static var rounds: Int { 130 }

  mutating func round(_ index: Int) -> Int {
    fib(30 - index & 1)
  }
}

func fib(_ n: Int) -> Int {
  n < 2 ? n : fib(n - 1) + fib(n - 2)
}

// fib(n), for checking counts: it makes exactly 2·F(n+1)−1 calls of itself, the first included.
//
// Usage: Fib [n] [threads]
// `n` is 20 if it is left out; the word `threads` computes fib(n) on two threads at once.

import Glibc

func fib(_ n: Int) -> Int {
  n < 2 ? n : fib(n - 1) + fib(n - 2)
}

/// Computes `fib(n)` and prints it, on a thread of its own.
func startThread(_ n: Int) -> pthread_t {
  var thread = pthread_t()
  let status = pthread_create(
    &thread, nil,
    { n in
      print(fib(Int(bitPattern: n)))
      return nil
    }, UnsafeMutableRawPointer(bitPattern: n))
  precondition(status == 0, "pthread_create failed")
  return thread
}

let arguments = CommandLine.arguments.dropFirst()
guard let n = Int(arguments.first ?? "20"), n >= 0 else {
  fputs("usage: Fib [n] [threads]\n", stderr)
  exit(64)
}

if arguments.dropFirst().first == "threads" {
  let threads = [startThread(n), startThread(n)]
  for thread in threads { pthread_join(thread, nil) }
} else {
  print(fib(n))
}

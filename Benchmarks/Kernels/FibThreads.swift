// Fib on two threads at once: shared counters would show here as contention or as lost events.

import Glibc

@main
struct FibThreads: Kernel {
  static var rounds: Int { 100 }

  mutating func round(_ index: Int) -> Int {
    let jobs = [Job(30 - index & 1), Job(29 + index & 1)]
    let threads = jobs.map(start)
    for thread in threads { pthread_join(thread, nil) }
    return jobs[0].result &+ jobs[1].result
  }
}

final class Job {
  let n: Int
  var result = 0

  init(_ n: Int) { self.n = n }
}

func start(_ job: Job) -> pthread_t {
  var thread = pthread_t()
  let status = pthread_create(
    &thread, nil,
    { raw in
      let job = Unmanaged<Job>.fromOpaque(raw!).takeRetainedValue()
      job.result = fib(job.n)
      return nil
    },
    Unmanaged.passRetained(job).toOpaque())
  precondition(status == 0, "pthread_create failed")
  return thread
}

func fib(_ n: Int) -> Int {
  n < 2 ? n : fib(n - 1) + fib(n - 2)
}

import Glibc

func work(_ n: Int) -> Int { n < 2 ? n : work(n - 1) + work(n - 2) }

/// Calls `work` on 16 threads, in two rounds: some threads end before others begin.
func round() {
  let threads = (0..<8).map { _ in
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        _ = work(15)
        return nil
      }, nil)
    return thread
  }
  for thread in threads { pthread_join(thread, nil) }
}

round()
round()

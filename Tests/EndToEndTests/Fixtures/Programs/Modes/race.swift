import Glibc

/// Two threads change a number, and no one of them waits for the other.
final class Shared { var count = 0 }

@inline(never) func bump(_ shared: Shared) { shared.count += 1 }

func start(_ shared: Shared) -> pthread_t {
  var thread = pthread_t()
  pthread_create(
    &thread, nil,
    { argument in
      let shared = Unmanaged<Shared>.fromOpaque(argument!).takeUnretainedValue()
      for _ in 0..<1000 { bump(shared) }
      return nil
    }, Unmanaged.passUnretained(shared).toOpaque())
  return thread
}

let shared = Shared()
let first = start(shared)
let second = start(shared)
pthread_join(first, nil)
pthread_join(second, nil)
print("done", shared.count > 0)

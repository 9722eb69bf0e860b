import Ray
import Glibc

@inline(never) func work(_ n: Int) -> Int { n == 0 ? 0 : 1 + work(n - 1) }

struct Thrown: Error {}

switch CommandLine.arguments[1] {
case "disabled":
  // Four calls, none, none, four.
  print(work(3))
  print(disabled { work(10) + disabled { work(20) } + work(30) })
  print(work(3))
case "throwing":
  do {
    try disabled {
      print(work(10))
      throw Thrown()
    }
  } catch { print(error) }
  print(work(3))
case "process":
  print(work(3), isEnabled)
  isEnabled = false
  print(work(10), isEnabled)
  isEnabled = true
  print(work(3), isEnabled)
case "threads":
  // The thread that `disabled` starts is off as well; four calls are of the last one.
  func thread(_ body: @escaping () -> Void) {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body)).toOpaque()
    pthread_create(&thread, nil, { box in
      Unmanaged<Box>.fromOpaque(box!).takeRetainedValue().body()
      return nil
    }, box)
    pthread_join(thread, nil)
  }
  disabled {
    print(work(10))
    thread { print(work(3)) }
  }
  thread { disabled { print(work(20)) } }
  isEnabled = false
  thread { print(work(30)) }
  isEnabled = true
  thread { print(work(3)) }
default:
  print("what?")
}

final class Box {
  let body: () -> Void
  init(_ body: @escaping () -> Void) { self.body = body }
}

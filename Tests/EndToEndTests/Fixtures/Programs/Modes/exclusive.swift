/// Changes a value while it is being changed.
final class Box { var value = 1 }

@inline(never) func twice(_ box: Box, _ body: () -> Void) {
  withUnsafeMutablePointer(to: &box.value) { place in
    body()
    place.pointee += 1
  }
}

let box = Box()
print("before")
twice(box) { box.value += 1 }
print("after", box.value)

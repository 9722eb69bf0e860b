// Vectors live on devices, and a product of two that are on different ones fails; for contexts
// that move what is in the wrong place.

struct Vector {
  var device: String
  var elements: [Double]
}

struct WrongDevice: Error {}

func read(_ n: Int) -> Vector {
  Vector(device: "processor", elements: [Double(n), Double(n + 1)])
}

func multiply(_ a: Vector, _ b: Vector) throws -> Double {
  guard a.device == b.device else { throw WrongDevice() }
  return zip(a.elements, b.elements).reduce(0) { $0 + $1.0 * $1.1 }
}

let weights = Vector(device: "accelerator", elements: [0.5, 2])
for n in 1...3 {
  do {
    print("sample \(n):", try multiply(weights, read(n)))
  } catch {
    print("sample \(n): failed, \(error)")
  }
}

// Vectors live on devices, and a product of two that are on different ones fails; for contexts
// that move what is in the wrong place.

enum Device { case processor, accelerator }

struct WrongDevice: Error {
  let left: Device, right: Device
}

struct Vector {
  var device: Device
  var elements: [Double]
}

func weights() -> Vector { Vector(device: .accelerator, elements: [0.5, 0.25, 2]) }

func sample(_ n: Int) -> Vector {
  Vector(device: .processor, elements: [Double(n), Double(n + 1), Double(n + 2)])
}

func dot(_ a: Vector, _ b: Vector) throws -> Double {
  guard a.device == b.device else { throw WrongDevice(left: a.device, right: b.device) }
  return zip(a.elements, b.elements).reduce(0) { $0 + $1.0 * $1.1 }
}

do {
  for n in 1...3 { print("sample \(n):", try dot(weights(), sample(n))) }
} catch {
  print("failed:", error)
}

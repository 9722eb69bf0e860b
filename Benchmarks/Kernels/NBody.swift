// Floating-point work over an array of structs: the planets of the solar system, pair by pair.

struct Body {
  var x, y, z: Double
  var vx, vy, vz: Double
  var mass: Double
}

@main
struct NBody: Kernel {
  static var rounds: Int { 160 }

  var bodies: [Body]

  init() {
    let solarMass = 4 * Double.pi * Double.pi
    let year = 365.24
    func body(
      _ x: Double, _ y: Double, _ z: Double, _ vx: Double, _ vy: Double, _ vz: Double, _ m: Double
    ) -> Body {
      Body(x: x, y: y, z: z, vx: vx * year, vy: vy * year, vz: vz * year, mass: m * solarMass)
    }
    bodies = [
      body(0, 0, 0, 0, 0, 0, 1),
      body(4.84143, -1.16032, -0.103622, 0.00166007, 0.00769901, -0.0000690460, 0.000954791),
      body(8.34336, 4.12479, -0.403523, -0.00276742, 0.00499852, 0.0000230417, 0.000285885),
      body(12.8943, -15.1111, -0.223307, 0.00296460, 0.00237847, -0.0000296589, 0.0000436624),
      body(15.3796, -25.9193, 0.179258, 0.00268067, 0.00162824, -0.0000951592, 0.0000515138),
    ]
  }

  mutating func round(_ index: Int) -> Int {
    for _ in 0..<50_000 { advance(&bodies, by: 0.001) }
    return Int(energy(of: bodies) * 1e9) &+ index
  }
}

func advance(_ bodies: inout [Body], by step: Double) {
  for i in bodies.indices {
    for j in (i + 1)..<bodies.count {
      let dx = bodies[i].x - bodies[j].x
      let dy = bodies[i].y - bodies[j].y
      let dz = bodies[i].z - bodies[j].z
      let squared = dx * dx + dy * dy + dz * dz
      let magnitude = step / (squared * squared.squareRoot())
      let (massI, massJ) = (bodies[i].mass, bodies[j].mass)
      bodies[i].vx -= dx * massJ * magnitude
      bodies[i].vy -= dy * massJ * magnitude
      bodies[i].vz -= dz * massJ * magnitude
      bodies[j].vx += dx * massI * magnitude
      bodies[j].vy += dy * massI * magnitude
      bodies[j].vz += dz * massI * magnitude
    }
  }
  for i in bodies.indices {
    bodies[i].x += step * bodies[i].vx
    bodies[i].y += step * bodies[i].vy
    bodies[i].z += step * bodies[i].vz
  }
}

func energy(of bodies: [Body]) -> Double {
  var total = 0.0
  for i in bodies.indices {
    let b = bodies[i]
    total += 0.5 * b.mass * (b.vx * b.vx + b.vy * b.vy + b.vz * b.vz)
    for j in (i + 1)..<bodies.count {
      let (dx, dy, dz) = (b.x - bodies[j].x, b.y - bodies[j].y, b.z - bodies[j].z)
      total -= b.mass * bodies[j].mass / (dx * dx + dy * dy + dz * dz).squareRoot()
    }
  }
  return total
}

// The time that a pendulum takes, from two measurements.
@inline(never)
func measured(_ reading: Double) -> Double { reading }
@inline(never)
func report(_ value: Double, _ unit: String) { print(value, unit) }

struct Pendulum {
  var length, gravity: Double
  func period(_ parts: [Double]) -> Double {
    parts.reduce(2 * (length / gravity).squareRoot()) { $0 * $1 }
  }
}

let pendulum = Pendulum(length: measured(1.5), gravity: measured(9.81))
report(pendulum.period([3.141592653589793]), "s")

// Four inputs, three outputs.
@inline(never)
func input(_ text: String) -> Double { Double(text) ?? 0 }
@inline(never)
func output(_ value: Double, _ name: String) { print(name, value) }

struct Weather {
  var temperature, humidity, pressure, wind: Double

  var chill: Double { temperature - wind * 0.3 }
  var comfort: Double { [temperature, humidity].map { $0 / 2 }.reduce(0) { $0 + $1 } }
  var storm: Double { max(wind, 1000 - pressure) }
}

let weather = Weather(
  temperature: input("21"), humidity: input("60"), pressure: input("980"), wind: input("10"))
output(weather.chill, "chill")
output(weather.comfort, "comfort")
output(weather.storm, "storm")

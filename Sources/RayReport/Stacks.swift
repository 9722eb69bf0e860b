// Stage 7: formats of stacks with weights.

/// A line for each stack and its own value, as flame graph scripts read it:
/// `main;parse(_:);next() 1203`.
func collapsedStacks(_ profile: Profile, _ measure: ProfileMeasure) -> String {
  var lines: [String: UInt64] = [:]
  for index in profile.nodes.indices.dropFirst() {
    let own = measure.ownValue(of: profile.nodes[index], in: profile)
    guard own > 0 else { continue }
    // The separators are none of a name's characters.
    let names = profile.path(to: index).map {
      String(profile.functions[$0].shortName.map { $0 == ";" ? ":" : $0.isNewline ? " " : $0 })
    }
    lines[names.joined(separator: ";"), default: 0] += own
  }
  return lines.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
}

/// What https://www.speedscope.app opens.
struct Speedscope: Encodable {
  struct Frame: Encodable { var name: String, file: String?, line: Int? }
  struct Shared: Encodable { var frames: [Frame] }
  struct Samples: Encodable {
    var type = "sampled"
    var name: String
    var unit: String
    var startValue = 0
    var endValue: UInt64
    var samples: [[Int]]
    var weights: [UInt64]
  }

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case name, exporter, activeProfileIndex, shared, profiles
  }
  var schema = "https://www.speedscope.app/file-format-schema.json"
  var name: String
  var exporter = "rayc"
  var activeProfileIndex = 0
  var shared: Shared
  var profiles: [Samples]

  init(_ profile: Profile, _ measure: ProfileMeasure) {
    name = profile.program
    shared = Shared(
      frames: profile.functions.map {
        Frame(name: $0.shortName, file: $0.file, line: $0.line > 0 ? $0.line : nil)
      })
    var samples: [[Int]] = []
    var weights: [UInt64] = []
    for index in profile.nodes.indices.dropFirst() {
      let own = measure.ownValue(of: profile.nodes[index], in: profile)
      guard own > 0 else { continue }
      samples.append(profile.path(to: index))
      weights.append(own)
    }
    profiles = [
      Samples(
        name: "\(profile.program): \(measure.rawValue)", unit: measure.unit,
        endValue: weights.reduce(0, +), samples: samples, weights: weights)
    ]
  }
}

// Stage 7: the forms that a profile can be written in.
import FoundationEssentials

/// A form that other tools read.
public enum ProfileFormat: String, CaseIterable, Sendable {
  case json, callgrind, speedscope, collapsed, pprof, perfetto, html

  /// The profile in this form.
  ///
  /// - Parameter measure: what stacks are as wide as, in the forms that have one width.
  public func bytes(of profile: Profile, measure: ProfileMeasure = .selfTime) throws -> [UInt8] {
    switch self {
    case .json: try Self.json(profile)
    case .callgrind: Array(CallgrindWriter(profile).text.utf8)
    case .speedscope: try Self.json(Speedscope(profile, measure))
    case .collapsed: Array(collapsedStacks(profile, measure).utf8)
    case .pprof: PprofWriter(profile).bytes
    case .perfetto: PerfettoWriter(profile).bytes
    case .html: Array(try HTMLReport(profile).text.utf8)
    }
  }

  /// What a file of it is called, for a program of that name.
  public func fileName(for program: String) -> String {
    switch self {
    case .json: "\(program).profile.json"
    case .callgrind: "callgrind.out.\(program)"
    case .speedscope: "\(program).speedscope.json"
    case .collapsed: "\(program).collapsed"
    case .pprof: "\(program).pprof"
    case .perfetto: "\(program).perfetto-trace"
    case .html: "\(program).html"
    }
  }

  static func json(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value))
  }
}

extension Profile {
  /// Reads a profile's JSON.
  public init(json bytes: [UInt8]) throws {
    self = try JSONDecoder().decode(Profile.self, from: Data(bytes))
  }
}

import ArgumentParser
import Glibc
import RayDriver
import RayReport
import RayTrace
import SystemPackage

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what changed between two runs, or two versions of a program.",
    discussion: """
      Counts are exact, so two runs of one deterministic program do not differ. Each run is a \
      recording or a profile's JSON. The exit status is 0, or 2 where a limit of '--fail-on' is \
      broken: more calls, loads, stores, operations, throwing calls ('throwing'), retains, \
      releases or allocations than that.

      EXAMPLES:
        rayc diff before.data after.data
        rayc diff --fail-on 'calls>5%' --fail-on 'allocations>0' before.data after.data
        rayc diff --top 5 old.profile.json new.profile.json
      """)

  @Argument(help: "The run before.") var before: String
  @Argument(help: "The run after.") var after: String

  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp("End with status 2 where there is more: 'calls>5%'.", valueName: "limit"))
  var limits: [String] = []

  @Option(help: ArgumentHelp("How many rows the table has.", valueName: "n"))
  var top = 25

  @Flag(help: "Also what changed only because something else did.")
  var all = false

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }
  @Option(help: "As a table, or as JSON.")
  var format: Format = .table

  func validate() throws {
    for limit in limits where RunDiff.Limit(limit) == nil {
      let kinds = RunCounts.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "'--fail-on \(limit)': write a limit such as 'calls>5%' or 'allocations>100'; "
          + "there are \(kinds)")
    }
    if top < 1 { throw ValidationError("'--top \(top)': write a number from 1 on") }
  }

  func run() throws {
    let diff = RunDiff(try Self.counts(before), try Self.counts(after))
    let text =
      format == .json ? RunDiffText(diff).json : RunDiffText(diff).table(top: top, all: all)
    try FileDescriptor.standardOutput.writeAll(text.utf8)
    let broken = limits.filter { diff.breaks(RunDiff.Limit($0)!) }
    for limit in broken { StandardError.write("rayc: \(Diagnostic.limitBroken(limit))\n") }
    if !broken.isEmpty { throw ExitCode(2) }
  }

  private static func counts(_ path: String) throws -> RunCounts {
    let recording: Recording
    do throws(Diagnostic) {
      recording = try Recording.open(path)
    } catch {
      guard case .notARecording = error,
        let profile = try? Profile(json: try Files.readBytes(FilePath(path)))
      else { throw error }
      return RunCounts(profile)
    }
    return RunCounts(recording, counts: recording.profile(at: path).index.counts, .standard)
  }
}

/// What changed, as text.
struct RunDiffText {
  private let diff: RunDiff

  init(_ diff: RunDiff) { self.diff = diff }

  func table(top: Int, all: Bool) -> String {
    let changes = diff.changes + (all ? diff.consequences : [])
    guard !changes.isEmpty else { return "no difference\n" }
    var text = ""
    for kind in RunCounts.Kind.allCases {
      let (old, new) = (diff.before[kind] ?? 0, diff.after[kind] ?? 0)
      guard old != new else { continue }
      text += "\(kind.rawValue): \(grouped(old)) → \(grouped(new)) (\(percent(old, new)))\n"
    }
    var table = Table(["before", "after", "change", "kind", "at", "what"], numeric: 3)
    for change in changes.prefix(top) {
      let place = change.place
      table.add([
        grouped(change.before), grouped(change.after), signed(change.difference),
        place.kind.rawValue, place.line == 0 ? "-" : "\(place.file):\(place.line)",
        (place.callee.isEmpty ? "" : "\(place.callee) in ") + place.function,
      ])
    }
    text += (text.isEmpty ? "" : "\n") + table.text(width: Table.terminalWidth)
    let hidden = changes.count - top
    if hidden > 0 { text += "and \(hidden) more (--top N)\n" }
    if !all, !diff.consequences.isEmpty {
      text += "and \(grouped(UInt64(diff.consequences.count))) that follow from these (--all)\n"
    }
    return text
  }

  var json: String {
    func object(_ counts: [RunCounts.Kind: UInt64]) -> String {
      let fields = RunCounts.Kind.allCases.map { "\"\($0.rawValue)\": \(counts[$0] ?? 0)" }
      return "{" + fields.joined(separator: ", ") + "}"
    }
    func list(_ changes: [RunDiff.Change]) -> String {
      let rows = changes.map { change in
        let place = change.place
        return """
              {"kind": "\(place.kind.rawValue)", "before": \(change.before), "after": \
          \(change.after), "function": \(JSON.quote(place.function)), "callee": \
          \(JSON.quote(place.callee)), "file": \(JSON.quote(place.file)), "line": \(place.line)}
          """
      }
      return rows.isEmpty ? "[]" : "[\n" + rows.joined(separator: ",\n") + "\n  ]"
    }
    return """
      {
        "schemaVersion": 1,
        "before": \(object(diff.before)),
        "after": \(object(diff.after)),
        "changes": \(list(diff.changes)),
        "consequences": \(list(diff.consequences))
      }

      """
  }

  private func grouped(_ number: UInt64) -> String { RecordingSummary.grouped(number) }

  private func signed(_ number: Int64) -> String {
    (number < 0 ? "−" : "+") + grouped(number.magnitude)
  }

  private func percent(_ old: UInt64, _ new: UInt64) -> String {
    guard old > 0 else { return "new" }
    let tenths = Int(((Double(new) - Double(old)) / Double(old) * 1000).rounded())
    return (tenths < 0 ? "−" : "+") + "\(tenths.magnitude / 10).\(tenths.magnitude % 10) %"
  }
}

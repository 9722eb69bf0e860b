import Glibc
import RayDriver
import RayReport
import RayTrace

extension NameStyle {
  static let standard = NameStyle(
    demangled: { RayDriver.demangled($0) }, shortened: ShortName.shortened)
}

/// A recording in a few lines: what is in it, and what is not.
struct RecordingSummary {
  let lines: [String]
  let isEmpty: Bool

  init(
    _ recording: Recording, _ index: RecordingIndex, path: String, selection: SelectionOptions?
  ) {
    isEmpty = index.events == 0
    var lines: [String] = []
    if isEmpty {
      lines.append("'\(path)' has no events: " + Self.reason(recording, selection))
    } else {
      // Where threads write lies in the file, too, and is no size of events.
      let perEvent = Double(recording.file.length) / Double(index.events)
      let threads = Set(index.places.map(\.thread)).count
      lines.append(
        "'\(path)': \(Self.grouped(index.events)) events in \(Self.size(recording.file.length))"
          + (index.events > 1_000_000 ? ", \(Self.decimal(perEvent)) bytes an event" : "")
          + (threads > 1 ? ", \(threads) threads" : "")
          + "; 'rayc report', 'rayc replay' and 'rayc export' read it")
    }
    switch recording.cut {
    case .size: lines.append("the recording ended at '--max-size'; the program went on")
    case .time: lines.append("the recording ended at '--max-time'; the program went on")
    case .failed(let problem):
      lines.append("the recording holds only the beginning: \(String(cString: strerror(problem)))")
    case nil: break
    }
    if recording.ending == nil, !isRunning(recording.file.header.process) {
      lines.append("the program was ended from outside; the recording goes up to there")
    }
    if index.damagedBlocks > 0 {
      lines.append("\(index.damagedBlocks) blocks are damaged and are left out")
    }
    self.lines = lines
  }

  /// Why there is nothing.
  private static func reason(_ recording: Recording, _ selection: SelectionOptions?) -> String {
    if recording.sites.isEmpty {
      return "nothing of the program was instrumented; "
        + "'rayc list skipped' and 'rayc list rules' say why"
    }
    if let selection, selection.scope == .dynamic || !selection.trigger.isEmpty {
      return "no extent was opened; the function of '--trigger' was not called, "
        + "or nothing calls 'overdub'"
    }
    if recording.ending == nil { return "the program was ended before the first" }
    return "none of its \(recording.sites.count) instrumented places was reached"
  }

  static func grouped(_ number: UInt64) -> String {
    var digits = Array(String(number))
    for index in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: index) }
    return String(digits)
  }

  private static func decimal(_ number: Double) -> String {
    let hundredths = Int((number * 100).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }

  private static func size(_ bytes: UInt64) -> String {
    let units = ["bytes", "KB", "MB", "GB", "TB"]
    var (number, unit) = (Double(bytes), 0)
    while number >= 1000, unit < units.count - 1 { (number, unit) = (number / 1000, unit + 1) }
    return unit == 0 ? "\(bytes) bytes" : "\(Double((number * 10).rounded()) / 10) \(units[unit])"
  }
}

/// How far the reading of a large recording is, on a terminal.
final class RecordingProgress {
  private let isShown: Bool
  private var hasShown = false

  init(isShown: Bool) { self.isShown = isShown && isatty(2) == 1 }

  func show(_ events: UInt64) {
    guard isShown, events > 50_000_000 else { return }
    hasShown = true
    StandardError.write("\rrayc: reading: \(events / 1_000_000) million events\u{1b}[K")
  }

  func end() { if hasShown { StandardError.write("\r\u{1b}[K") } }
}

extension Recording {
  /// Opens a recording that a user named.
  ///
  /// - Throws: `Diagnostic`.
  static func open(_ path: String) throws(Diagnostic) -> Recording {
    do {
      return try Recording(path: path)
    } catch {
      switch error {
      case .cannotRead(ENOENT): throw .noSuchFile(.init(path))
      case .cannotRead(let problem): throw .cannotRead(.init(path), .init(rawValue: problem))
      case .noRecording: throw .notARecording(.init(path))
      case .tooNew(let version): throw .recordingTooNew(.init(path), version: version)
      }
    }
  }
}

import ArgumentParser
import RayDriver
import RayReport
import RayTrace

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Show what functions cost in a recording: calls, time, memory.",
    discussion: """
      The same table as that of 'rayc profile', from a recording. Times are there if it was made \
      with '--time'.

      EXAMPLES:
        rayc report                             of 'rayc.data'
        rayc report -s calls --top 10 rayc.data
        rayc report --lines rayc.data           by line of the source
      """)

  @OptionGroup(title: "Report") var report: ProfileCommand.ReportOptions
  @Argument(help: "The recording.") var file = "rayc.data"

  func run() throws {
    let recording = try Recording.open(file)
    let (profile, index) = recording.profile(at: file)
    let summary = RecordingSummary(recording, index, path: file, selection: nil)
    if summary.isEmpty || summary.lines.count > 1 {
      for line in summary.lines { StandardError.write("rayc: \(line)\n") }
    }
    if !summary.isEmpty { try report.write(profile) }
  }
}

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a recording in the form that another tool reads.",
    discussion: """
      EXAMPLES:
        rayc export --format perfetto rayc.data
        rayc export --format collapsed -o - rayc.data | flamegraph.pl
        rayc export --format callgrind rayc.data
        rayc export --format html -o report.html rayc.data
      """)

  @Option(help: "The form.") var format: ProfileFormat
  @Option(name: .shortAndLong, help: "What stacks are as wide as.")
  var sort: ProfileMeasure?
  @Option(
    name: .customShort("o"),
    help: ArgumentHelp("Where it goes; '-' is stdout.", valueName: "file"))
  var output: String?
  @Argument(help: "The recording.") var file = "rayc.data"

  func run() throws {
    let recording = try Recording.open(file)
    let (profile, index) = recording.profile(at: file)
    let summary = RecordingSummary(recording, index, path: file, selection: nil)
    if summary.isEmpty { for line in summary.lines { StandardError.write("rayc: \(line)\n") } }
    // Without times, what is wide is what was called often.
    let measure = sort ?? (recording.file.isTimed ? .selfTime : .calls)
    try ReportOutput.write(
      try format.bytes(of: profile, measure: measure), to: output,
      standard: format.fileName(for: profile.program))
  }
}

extension ProfileFormat: ExpressibleByArgument {}

extension Recording {
  /// The recording's profile, with its progress on a terminal.
  func profile(at path: String) -> (profile: Profile, index: RecordingIndex) {
    let progress = RecordingProgress(isShown: true)
    defer { progress.end() }
    return RecordingProfile.profile(of: self, path: path, .standard, progress: progress.show)
  }
}

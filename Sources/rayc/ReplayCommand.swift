import ArgumentParser
import RayDriver
import RayReport
import RayTrace
import SystemPackage

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Show the events of a recording as a tree, as the program had them.",
    discussion: """
      EXAMPLES:
        rayc replay                             all of 'rayc.data'
        rayc replay --from 50000000 --lines 40 rayc.data
        rayc replay -d 3 --thread 1 rayc.data
        rayc replay --loads rayc.data | less
      """)

  @Argument(help: "The recording.") var file = "rayc.data"

  @Option(help: ArgumentHelp("Only this thread; 0 is the first.", valueName: "n"))
  var thread: Int?

  @Option(help: ArgumentHelp("Begin at this event of a thread, from 0.", valueName: "n"))
  var from: UInt64 = 0

  @Option(help: ArgumentHelp("Show so many lines.", valueName: "n"))
  var lines: Int?

  @Option(name: .shortAndLong, help: ArgumentHelp("Show so many levels of calls.", valueName: "n"))
  var depth: Int?

  @Flag(help: "Show loads and stores.")
  var loads = false

  @Flag(help: "Show what the Swift runtime does.")
  var runtime = false

  @Flag(inversion: .prefixedNo, help: "Show where calls are.")
  var locations = true

  func validate() throws {
    if let lines, lines < 1 {
      throw ValidationError("'--lines \(lines)': write a number from 1 on")
    }
    if let depth, depth < 1 {
      throw ValidationError("'--depth \(depth)': write a number from 1 on")
    }
  }

  func run() throws {
    let recording = try Recording.open(file)
    var request = ReplayRequest()
    request.thread = thread
    request.from = from
    request.lines = lines ?? .max
    request.depth = depth
    request.showsLoads = loads
    request.showsRuntime = runtime
    request.showsLocations = locations
    var text = ""
    func flush() {
      _ = try? FileDescriptor.standardOutput.writeAll(text.utf8)
      text = ""
    }
    var replay = Replay(recording, request, .standard) { line in
      text += line
      if text.utf8.count > 1 << 16 { flush() }
    }
    let shown = replay.run()
    flush()
    if shown == 0 { StandardError.write("rayc: \(Diagnostic.nothingToReplay(file))\n") }
  }
}

import Foundation
import PackagePlugin

/// `swift package rayc …`: runs the installed rayc on the package.
///
/// rayc builds in a folder of its own below the package's scratch folder, which SwiftPM has locked
/// for this command.
@main
struct RaycCommand: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) throws {
    guard let rayc = Self.executable(ProcessInfo.processInfo.environment) else {
      Diagnostics.error(
        """
        'swift package rayc' runs the rayc that is installed, and there is none; a package cannot \
        bring the compiler plugin that it needs. Install it from rayc's sources with \
        'scripts/install --prefix DIR', then put DIR/bin on PATH or set RAYC_HOME=DIR
        """)
      return
    }
    let streams = Streams()
    let process = Process()
    process.executableURL = rayc
    process.arguments = arguments
    process.currentDirectoryURL = context.package.directoryURL
    streams.connect(process)
    try process.run()
    process.waitUntilExit()
    let status = process.terminationStatus
    if process.terminationReason == .uncaughtSignal {
      Diagnostics.error("rayc was ended by signal \(status)")
    } else if status != 0 {
      // SwiftPM ends with 1 whatever a command ends with.
      Diagnostics.error("rayc ended with status \(status)")
    }
  }

  /// `$RAYC_HOME/bin/rayc`, else the one on PATH.
  private static func executable(_ environment: [String: String]) -> URL? {
    if let home = environment["RAYC_HOME"], !home.isEmpty {
      let rayc = URL(filePath: home).appending(path: "bin/rayc")
      return FileManager.default.isExecutableFile(atPath: rayc.path()) ? rayc : nil
    }
    for folder in (environment["PATH"] ?? "").split(separator: ":") {
      let rayc = URL(filePath: String(folder)).appending(path: "rayc")
      if FileManager.default.isExecutableFile(atPath: rayc.path()) { return rayc }
    }
    return nil
  }
}

/// SwiftPM's own standard streams: it talks to a plugin over the plugin's.
private struct Streams {
  private let parent = getppid()

  /// What cannot be had stays what a plugin has: SwiftPM passes it on to its standard output.
  func connect(_ process: Process) {
    if let input = shared(0) ?? open(0, O_RDONLY) { process.standardInput = input }
    if let output = shared(1) ?? open(1, O_WRONLY) { process.standardOutput = output }
    if let error = shared(2) ?? open(2, O_WRONLY) { process.standardError = error }
  }

  private typealias Call = @convention(c) (Int, Int, Int, Int) -> Int

  /// The same open file. The system may not allow it.
  private func shared(_ stream: Int) -> FileHandle? {
    guard let symbol = dlsym(nil, "syscall") else { return nil }
    let call = unsafeBitCast(symbol, to: Call.self)
    let (pidfdOpen, pidfdGetfd) = (434, 438)
    let process = call(pidfdOpen, Int(parent), 0, 0)
    guard process >= 0 else { return nil }
    defer { close(Int32(process)) }
    let descriptor = call(pidfdGetfd, process, stream, 0)
    return descriptor < 0 ? nil : FileHandle(fileDescriptor: Int32(descriptor))
  }

  /// The same terminal or pipe. A file that is opened once more has a position of its own, and what
  /// others write would come over what rayc does.
  private func open(_ stream: Int, _ flags: Int32) -> FileHandle? {
    let path = "/proc/\(parent)/fd/\(stream)"
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return nil }
    let descriptor = Foundation.open(path, flags | O_CLOEXEC)
    return descriptor < 0 ? nil : FileHandle(fileDescriptor: descriptor)
  }
}

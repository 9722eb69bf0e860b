import Glibc

/// Waits until sources change.
public final class SourceWatch {
  private let folders: FolderWatch
  private var sources = SourceSet(files: [])
  private var known = SourceSet.Snapshot()

  /// How long nothing must happen before a change counts as complete: editors write several files.
  private static let calm: Int32 = 30
  /// How long a file may be away while it is saved, in microseconds.
  private static let absence: UInt32 = 150_000
  /// How long a signal that came at the wrong moment may stay unseen.
  private static let patience: Int32 = 500

  /// - Throws: `Diagnostic.cannotWatch`.
  public init() throws(Diagnostic) { folders = try FolderWatch() }

  /// From now on, what is not as it is now is a change.
  public func follow(_ sources: SourceSet) {
    self.sources = sources
    known = sources.snapshot()
    folders.follow(known.folders)
  }

  /// Waits for a change.
  /// - Throws: `Interrupted`.
  public func wait() throws -> SourceChanges {
    while true {
      if let changes = try wait(orUntil: nil) { return changes }
    }
  }

  /// Waits for a change, or the end of a program.
  /// - Returns: nil if the program has ended.
  public func wait(for child: ChildProgram) throws -> SourceChanges? {
    let end = try child.endNotice()
    defer { close(end) }
    return try wait(orUntil: end)
  }

  private func wait(orUntil end: Int32?) throws -> SourceChanges? {
    // What has changed since `follow`, while the program was built, too.
    if let changes = look() { return changes }
    while true {
      switch try pollOnce(end, timeout: Self.patience) {
      case .end: return nil
      case .nothing: if !folders.isIncomplete { continue }
      case .change: try settle()
      }
      if let changes = look() { return changes }
    }
  }

  private enum Happening { case end, change, nothing }

  private func pollOnce(_ end: Int32?, timeout: Int32) throws -> Happening {
    var descriptors = [pollfd(fd: folders.descriptor, events: Int16(POLLIN), revents: 0)]
    if let end { descriptors.append(pollfd(fd: end, events: Int16(POLLIN), revents: 0)) }
    poll(&descriptors, nfds_t(descriptors.count), timeout)
    if end == nil, let signal = Interrupts.received { throw Interrupted(signal: signal) }
    if descriptors.count > 1, descriptors[1].revents != 0 { return .end }
    return descriptors[0].revents == 0 ? .nothing : .change
  }

  /// Until nothing happens any more, or for a second.
  private func settle() throws {
    for _ in 0..<(1000 / Self.calm) {
      folders.drain()
      if try pollOnce(nil, timeout: Self.calm) == .nothing { return }
    }
  }

  private func look() -> SourceChanges? {
    var now = sources.snapshot()
    // Some editors move the old file away before they write the new one.
    if now.misses(known) {
      usleep(Self.absence)
      now = sources.snapshot()
    }
    defer { known = now }
    if now.folders != known.folders { folders.follow(now.folders) }
    return now.changes(since: known)
  }
}

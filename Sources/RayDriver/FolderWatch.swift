import Glibc
import SystemPackage

/// Hears from the kernel when something in some folders changes.
///
/// Folders, not files: an editor that saves by renaming puts another file in the old one's place.
public final class FolderWatch {
  /// Readable when something has happened.
  public let descriptor: Int32
  private var watched: [FilePath: Int32] = [:]

  /// Whether a folder could not be watched: the system's limit of watches is reached. Then one has
  /// to look from time to time.
  public private(set) var isIncomplete = false

  private static let events = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ONLYDIR)

  /// - Throws: `Diagnostic.cannotWatch`.
  public init() throws(Diagnostic) {
    descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    guard descriptor >= 0 else { throw .cannotWatch(Errno(rawValue: errno)) }
  }

  deinit { close(descriptor) }

  /// From now on watches these folders, and no others.
  public func follow(_ folders: Set<FilePath>) {
    for (folder, watch) in watched where !folders.contains(folder) {
      inotify_rm_watch(descriptor, watch)
      watched[folder] = nil
    }
    isIncomplete = false
    for folder in folders {
      // Again for those that are watched: a folder of the name may be another one now.
      let watch = inotify_add_watch(descriptor, folder.string, Self.events)
      if watch >= 0 { watched[folder] = watch } else if errno != ENOENT { isIncomplete = true }
    }
  }

  /// Forgets what has happened so far.
  public func drain() {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while read(descriptor, &buffer, buffer.count) > 0 {}
  }
}

import Glibc
import SystemPackage

/// One rayc at a time in a folder. The kernel gives the lock back however the process ends;
/// it also ends when the process becomes the user's program.
public final class FileLock: Sendable {
  private let descriptor: FileDescriptor

  /// - Parameter waiting: called once if another process holds the lock.
  /// - Throws: `Diagnostic.cannotWrite`.
  public init(_ path: FilePath, waiting: () -> Void) throws(Diagnostic) {
    do {
      descriptor = try FileDescriptor.open(
        path, .readWrite, options: [.create, .closeOnExec],
        permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
    } catch {
      throw .cannotWrite(path, error as? Errno ?? .ioError)
    }
    if flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 { return }
    waiting()
    while flock(descriptor.rawValue, LOCK_EX) != 0 {
      guard errno == EINTR, Interrupts.received == nil else {
        throw .cannotWrite(path, Errno(rawValue: errno))
      }
    }
  }

  deinit { try? descriptor.close() }
}

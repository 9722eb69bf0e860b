import Glibc
import SystemPackage

/// Where the program of `rayc run --live` hears of new versions of its context (CRay/live.c is the
/// other side).
public final class LiveChannel {
  public let path: FilePath
  private let listening: Int32
  private var connection: Int32 = -1

  /// How long a program may take to load a library, in milliseconds.
  private static let patience: Int32 = 10_000

  /// - Throws: `Diagnostic.cannotWrite`.
  public init(at path: FilePath) throws(Diagnostic) {
    self.path = path
    let kind = Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    listening = socket(AF_UNIX, kind, 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.string.utf8) }
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listening, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0, listen(listening, 8) == 0 else {
      throw .cannotWrite(path, Errno(rawValue: errno))
    }
  }

  deinit {
    close(listening)
    if connection >= 0 { close(connection) }
  }

  /// Tells the program that runs of a library.
  ///
  /// - Throws: `Diagnostic.notLoaded`: the old version goes on.
  public func load(_ library: FilePath, keepingValues: Bool) throws(Diagnostic) {
    takeNewestConnection()
    let message = Array(((keepingValues ? "1" : "0") + library.string).utf8)
    guard connection >= 0,
      send(connection, message, message.count, Int32(MSG_NOSIGNAL)) > 0
    else { throw .notLoaded("the program does not listen") }
    var descriptor = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
    while poll(&descriptor, 1, Self.patience) < 0, errno == EINTR {}
    var answer = [UInt8](repeating: 0, count: 4096)
    let length = recv(connection, &answer, answer.count, Int32(MSG_DONTWAIT))
    guard length > 0 else { throw .notLoaded("the program does not answer") }
    if answer[0] != UInt8(ascii: "0") {
      throw .notLoaded(String(decoding: answer[1..<length], as: UTF8.self))
    }
  }

  /// Each run connects anew.
  private func takeNewestConnection() {
    while true {
      let next = accept(listening, nil, nil)
      if next < 0 { return }
      _ = fcntl(next, F_SETFD, FD_CLOEXEC)
      if connection >= 0 { close(connection) }
      connection = next
    }
  }
}

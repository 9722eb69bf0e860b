import Glibc
import SystemPackage

/// The file operations the driver needs, with typed errors.
public enum Files {
  public struct Status: Equatable, Sendable {
    public var size: Int
    public var modified: (seconds: Int, nanoseconds: Int)
    public var isDirectory: Bool

    public static func == (left: Self, right: Self) -> Bool {
      left.size == right.size && left.modified == right.modified
        && left.isDirectory == right.isDirectory
    }
  }

  public static func status(_ path: FilePath) -> Status? {
    var status = Glibc.stat()
    guard stat(path.string, &status) == 0 else { return nil }
    return Status(
      size: Int(status.st_size),
      modified: (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec)),
      isDirectory: status.st_mode & S_IFMT == S_IFDIR)
  }

  public static func exists(_ path: FilePath) -> Bool { access(path.string, F_OK) == 0 }
  public static func isExecutable(_ path: FilePath) -> Bool {
    access(path.string, X_OK) == 0 && status(path)?.isDirectory == false
  }

  public static func isLink(_ path: FilePath) -> Bool {
    var status = Glibc.stat()
    return lstat(path.string, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  public static func read(_ path: FilePath) throws(Diagnostic) -> String {
    String(decoding: try readBytes(path), as: UTF8.self)
  }

  public static func readBytes(_ path: FilePath) throws(Diagnostic) -> [UInt8] {
    do {
      let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
      return try descriptor.closeAfter {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
          let count = try buffer.withUnsafeMutableBytes { try descriptor.read(into: $0) }
          if count == 0 { return bytes }
          bytes += buffer[..<count]
        }
      }
    } catch {
      throw .cannotRead(path, error as? Errno ?? .ioError)
    }
  }

  /// Writes a file as a whole: readers see the old text or the new one.
  public static func write(
    _ text: String, to path: FilePath,
    permissions: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead]
  ) throws(Diagnostic) {
    try write(Array(text.utf8), to: path, permissions: permissions)
  }

  /// The same for bytes.
  public static func write(
    _ bytes: [UInt8], to path: FilePath,
    permissions: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead]
  ) throws(Diagnostic) {
    let unfinished = temporary(beside: path)
    do {
      let descriptor = try FileDescriptor.open(
        unfinished, .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: permissions)
      _ = try descriptor.closeAfter { try descriptor.writeAll(bytes) }
    } catch {
      unlink(unfinished.string)
      throw .cannotWrite(path, error as? Errno ?? .ioError)
    }
    try move(unfinished, to: path)
  }

  static func contains(_ pattern: [UInt8], in bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var start = 0
      while buffer.count - start >= pattern.count,
        let found = memchr(buffer.baseAddress! + start, Int32(pattern[0]), buffer.count - start)
      {
        start = UnsafeRawPointer(found) - buffer.baseAddress!
        if buffer[start...].starts(with: pattern) { return true }
        start += 1
      }
      return false
    }
  }

  /// A name beside `path` that no other process uses.
  public static func temporary(beside path: FilePath) -> FilePath {
    FilePath("\(path.string).rayc-\(getpid())")
  }

  public static func move(_ source: FilePath, to target: FilePath) throws(Diagnostic) {
    if rename(source.string, target.string) != 0 {
      throw .cannotWrite(target, Errno(rawValue: errno))
    }
  }

  public static func copy(_ source: FilePath, to target: FilePath) throws(Diagnostic) {
    let bytes = try readBytes(source)
    let unfinished = temporary(beside: target)
    do {
      let descriptor = try FileDescriptor.open(
        unfinished, .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: [.ownerReadWriteExecute, .groupReadExecute, .otherReadExecute])
      _ = try descriptor.closeAfter { try descriptor.writeAll(bytes) }
    } catch {
      unlink(unfinished.string)
      throw .cannotWrite(target, error as? Errno ?? .ioError)
    }
    try move(unfinished, to: target)
  }

  public static func makeDirectory(_ path: FilePath) throws(Diagnostic) {
    if path.isEmpty || status(path)?.isDirectory == true { return }
    var parent = path
    if parent.removeLastComponent(), !parent.isEmpty { try makeDirectory(parent) }
    if mkdir(path.string, 0o777) != 0, errno != EEXIST {
      throw .cannotWrite(path, Errno(rawValue: errno))
    }
  }

  /// Puts a symbolic link there, also over an older one.
  public static func link(_ path: FilePath, to target: FilePath) throws(Diagnostic) {
    if let current = linkTarget(path), current == target.string { return }
    let unfinished = temporary(beside: path)
    unlink(unfinished.string)
    if symlink(target.string, unfinished.string) != 0 {
      throw .cannotWrite(path, Errno(rawValue: errno))
    }
    try move(unfinished, to: path)
  }

  private static func linkTarget(_ path: FilePath) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes {
      readlink(path.string, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
    }
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }

  public static func entries(of directory: FilePath) -> [String] {
    guard let stream = opendir(directory.string) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The files below a folder whose names end in a way, in order.
  public static func below(_ folder: FilePath, endingIn suffix: String) -> [FilePath] {
    entries(of: folder).flatMap { name -> [FilePath] in
      let path = folder.appending(name)
      guard !isLink(path), let status = status(path) else { return [] }
      if status.isDirectory { return below(path, endingIn: suffix) }
      return name.hasSuffix(suffix) ? [path] : []
    }
  }

  /// Removes a file or a folder with all it holds; links are removed, not followed.
  public static func remove(_ path: FilePath) {
    var status = Glibc.stat()
    guard lstat(path.string, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in entries(of: path) { remove(path.appending(name)) }
      rmdir(path.string)
    } else {
      unlink(path.string)
    }
  }

  /// The path with links resolved, absolute; nil if nothing is there.
  public static func resolve(_ path: FilePath) -> FilePath? {
    guard let resolved = realpath(path.string, nil) else { return nil }
    defer { free(resolved) }
    return FilePath(String(cString: resolved))
  }

  public static var currentDirectory: FilePath {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return FilePath(String(cString: path))
  }

  public static func absolute(_ path: FilePath) -> FilePath {
    (path.isAbsolute ? path : currentDirectory.pushing(path)).lexicallyNormalized()
  }
}

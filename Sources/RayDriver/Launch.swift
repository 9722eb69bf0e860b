import Glibc
import SystemPackage

/// Becomes the user's program: its streams, its terminal, its signals and its status are its own.
public func becomeProgram(_ executable: FilePath, arguments: [String]) throws(Diagnostic) -> Never {
  var vector: [UnsafeMutablePointer<CChar>?] = ([executable.string] + arguments).map { strdup($0) }
  vector.append(nil)
  execv(executable.string, vector)
  throw .cannotRun(executable, reason: String(cString: strerror(errno)))
}

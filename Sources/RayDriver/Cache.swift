import Glibc
import SystemPackage

/// Where rayc keeps what it may make again: contexts, shims, programs of single files.
///
/// Everything in it is made under another name and then renamed, so two rayc never see a half.
public struct Cache: Equatable, Sendable {
  public var root: FilePath

  public init(root: FilePath) { self.root = root }

  /// `$XDG_CACHE_HOME/rayc`, else `~/.cache/rayc`.
  public static func standard(environment: [String: String]) -> Cache {
    if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") {
      return Cache(root: FilePath(base).appending("rayc"))
    }
    if let home = environment["HOME"], home.hasPrefix("/") {
      return Cache(root: FilePath(home).appending(".cache").appending("rayc"))
    }
    return Cache(root: FilePath("/tmp/rayc-\(getuid())"))
  }

  public var checks: FilePath { root.appending("checks") }
  public var contexts: FilePath { root.appending("contexts") }
  public var dynamos: FilePath { root.appending("dynamos") }
  public var arguments: FilePath { root.appending("arguments") }
  public var shims: FilePath { root.appending("shims") }
  public var programs: FilePath { root.appending("programs") }
  /// What contexts leave for the rayc that has run their program.
  public var results: FilePath { root.appending("results") }
  public var staging: FilePath { root.appending("staging") }

  /// A new empty folder on the same disk, for what is being made.
  public func makeStaging() throws(Diagnostic) -> FilePath {
    try Files.makeDirectory(staging)
    removeAbandonedStaging()
    for number in 0... {
      let path = staging.appending("\(getpid())-\(number)")
      if mkdir(path.string, 0o700) == 0 { return path }
      guard errno == EEXIST else { throw .cannotWrite(path, Errno(rawValue: errno)) }
    }
    fatalError("unreachable")
  }

  /// What a killed rayc left: its process number is free again.
  private func removeAbandonedStaging() {
    for entry in Files.entries(of: staging) {
      guard let process = entry.split(separator: "-").first.flatMap({ pid_t($0) }),
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      Files.remove(staging.appending(entry))
    }
  }

  /// Keeps the `limit` programs used last.
  public func prunePrograms(keeping limit: Int = 64) {
    let entries = Files.entries(of: programs).map { programs.appending($0) }
    guard entries.count > limit else { return }
    let oldestFirst = entries.sorted {
      (Files.status($0)?.modified.seconds ?? 0) < (Files.status($1)?.modified.seconds ?? 0)
    }
    for path in oldestFirst.prefix(entries.count - limit) { Files.remove(path) }
  }
}

import SystemPackage

/// A context that is exchanged while a program runs, as `rayc run --live` follows its file.
public final class LiveContext {
  public let spec: ContextSpec
  private let channel: LiveChannel
  /// What the program of now was built for.
  private var points: Set<Point>
  /// The version that the program of now has.
  private var library: LiveLibrary?

  /// - Parameter folder: where the channel's end lies.
  /// - Throws: `Diagnostic.cannotWrite`.
  public init(_ spec: ContextSpec, in folder: FilePath) throws(Diagnostic) {
    self.spec = spec
    points = spec.points
    channel = try LiveChannel(at: folder.appending("channel"))
  }

  /// Makes the version of now for a program that is about to start.
  ///
  /// - Parameter points: what the program is built for.
  /// - Returns: what the program has to be told.
  /// - Throws: what is wrong with the context, after the compiler has shown it.
  public func begin(
    _ session: Session, points: Set<Point>
  ) async throws -> [(key: String, value: String)] {
    self.points = points
    let library = try await session.liveLibrary(spec)
    self.library = library
    return [("live", library.path.string), ("channel", channel.path.string)]
  }

  /// Puts the version of now in the place of the one that the program has.
  ///
  /// - Returns: what is to be said.
  /// - Throws: what is wrong with the context, or why the program does not take it; the program
  ///   goes on with the old one.
  public func exchange(_ session: Session) async throws -> [LoopMessage] {
    let new = try await session.liveLibrary(spec)
    guard let library, new != library else { return [] }
    let keepsState = try new.layout() == library.layout()
    try channel.load(new.path, keepingValues: keepsState)
    self.library = new
    let more = try spec.pointsOfFile().subtracting(points).sorted { $0.rawValue < $1.rawValue }
    return [.swapped(spec.name, keepsState: keepsState)]
      + (more.isEmpty ? [] : [.needsRestart(spec.name, more)])
  }
}

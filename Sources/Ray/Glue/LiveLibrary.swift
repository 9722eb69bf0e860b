// Stage 5: what a live context's library offers. The driver puts the context's name in place of the
// word below and compiles this beside the context's file.
import Ray

private typealias Context = __RAYC_CONTEXT__

@c(rayc_live_library) public func liveLibrary() -> UnsafeMutableRawPointer {
  _answerRuns(Context.self)
  return _liveVersion(
    Context.self,
    make: { try _tryContext(Context.self, at: $0) },
    begin: { _enterSession(Context.self, at: $0) },
    finish: {
      $0.assumingMemoryBound(to: Context.self).pointee.finish()
      _leaveSession(Context.self, at: $0)
    })
}

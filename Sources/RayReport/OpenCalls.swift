// Stage 7: the calls that a recorded thread is in.

/// The calls that a thread is in, as its events say: made of calls and returns, and of functions'
/// beginnings and ends. `Payload` is what a report keeps of each.
///
/// Not every call has all four events: what has no IR begins and ends nowhere, a primitive's
/// callback is called by nobody, and behind an async or tail call nothing returns.
struct OpenCalls<Payload> {
  struct Frame {
    /// The site of the call; -1: nothing that is instrumented called the function.
    var site: Int
    /// The function that began; -1: none has yet.
    var function: Int
    /// Whether it has ended; what is missing is the return.
    var isLeft = false
    var payload: Payload
  }

  private(set) var frames: [Frame] = []

  /// What a report does with a call.
  struct Actions {
    /// The function of a call is known: it began, or, being a primitive, was found not to begin.
    /// Called once for each frame, callers first.
    var bind: (_ frame: inout Frame, _ parent: Payload?) -> Void
    /// The call is over. `isKnown`: an event said so. `caller`: what is kept of the call around it.
    var end: (_ frame: Frame, _ isKnown: Bool, _ caller: inout Payload?) -> Void
  }

  @inline(__always)
  mutating func call(_ site: Int, _ payload: Payload, _ actions: Actions) {
    dropLeft(actions)
    bindLast(actions)
    frames.append(Frame(site: site, function: -1, payload: payload))
  }

  /// A function begins.
  /// - Parameter callee: the functions that sites call; -1 where that is known at run time only.
  @inline(__always)
  mutating func enter(
    _ function: Int, callee: [Int32], _ payload: @autoclosure () -> Payload, _ actions: Actions
  ) {
    dropLeft(actions)
    if let last = frames.last, last.function < 0, last.site >= 0,
      callee[last.site] < 0 || Int(callee[last.site]) == function
    {
      frames[frames.count - 1].function = function
      bind(frames.count - 1, actions)
    } else {
      bindLast(actions)
      frames.append(Frame(site: -1, function: function, payload: payload()))
      bind(frames.count - 1, actions)
    }
  }

  /// A function ends. True: by a tail call.
  @inline(__always)
  mutating func leave(_ function: Int, _ actions: Actions) -> Bool {
    dropLeft(actions)
    guard let index = frames.lastIndex(where: { $0.function == function && !$0.isLeft }) else {
      return false
    }
    let isTail = index == frames.count - 2 && frames[index + 1].function < 0
    if isTail {
      // What is called takes its place, with the function that called it as its caller.
      bindLast(actions)
      finish(at: index, true, actions)
      return true
    }
    drop(to: index + 1, actions)
    if frames[index].site < 0 {
      finish(at: frames.count - 1, true, actions)
    } else {
      frames[index].isLeft = true
    }
    return false
  }

  /// A call returns or throws.
  @inline(__always)
  mutating func end(_ site: Int, _ actions: Actions) {
    guard let index = frames.lastIndex(where: { $0.site == site }) else { return }
    drop(to: index + 1, actions)
    bindLast(actions)
    finish(at: frames.count - 1, true, actions)
  }

  /// The thread, or what is known of it, has ended.
  mutating func endAll(_ actions: Actions) { drop(to: 0, actions) }

  /// Takes over the calls that were open where reading begins.
  mutating func begin(with open: [Frame]) { frames = open }

  @inline(__always)
  private mutating func dropLeft(_ actions: Actions) {
    if let last = frames.last, last.isLeft { finish(at: frames.count - 1, true, actions) }
  }

  private mutating func drop(to count: Int, _ actions: Actions) {
    while frames.count > count {
      bindLast(actions)
      finish(at: frames.count - 1, frames[frames.count - 1].isLeft, actions)
    }
  }

  @inline(__always)
  private mutating func finish(at index: Int, _ isKnown: Bool, _ actions: Actions) {
    let frame = frames.remove(at: index)
    var caller = index > 0 ? frames[index - 1].payload : nil
    actions.end(frame, isKnown, &caller)
    if let caller { frames[index - 1].payload = caller }
  }

  /// A call whose function did not begin is one of a primitive.
  @inline(__always)
  private mutating func bindLast(_ actions: Actions) {
    guard let last = frames.last, last.function == -1 else { return }
    frames[frames.count - 1].function = -2
    bind(frames.count - 1, actions)
  }

  @inline(__always)
  private mutating func bind(_ index: Int, _ actions: Actions) {
    let parent = index > 0 ? frames[index - 1].payload : nil
    actions.bind(&frames[index], parent)
  }
}

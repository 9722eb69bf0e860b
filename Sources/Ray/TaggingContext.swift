// Stage 5: what a context implements that tags values.
import CRay

/// A context that gives values tags, which rayc carries along with them: through operators, calls
/// and returns, loads and stores, properties, elements, captured variables and copies.
///
/// What a context does not implement is not instrumented; without any of these, values have no
/// tags. The whole program carries tags, on all threads. Branches carry none: what is computed
/// under a condition does not have the condition's tag. Neither does an element have the tag of
/// its index. Documentation/Tags.md has more on both.
public protocol TaggingContext: RayContext {
  /// Says which tag the result of an operation has, by those of its operands.
  ///
  /// Comes where an operand has a tag; see ``tagsAllOperations``. Where a context does not implement
  /// it, results have none.
  mutating func tag(of operation: TagOperation) -> Tag

  /// Whether operations come whose operands have no tags. A constant; costs what each of them does.
  static var tagsAllOperations: Bool { get }

  /// Says which tag a call's result has; by itself, the one it was returned with.
  ///
  /// - Parameters:
  ///   - value: The result; of one that lies in several registers or in memory, the first part.
  ///   - site: The call.
  mutating func tag(ofResult value: TaggedValue, at site: Site) -> Tag

  /// Says which tag a loaded value has; by itself, the one it was stored with.
  mutating func tag(
    ofLoad value: TaggedValue, from address: UnsafeRawPointer, at site: Site
  ) -> Tag

  /// Says which tag a parameter has where a function begins; by itself, the argument's.
  ///
  /// Comes for functions that the build names (`--tag-functions`).
  ///
  /// - Parameters:
  ///   - index: Counts the scalars that the machine passes, from 0.
  ///   - function: The function.
  mutating func tag(ofParameter value: TaggedValue, _ index: Int, of function: Site) -> Tag

  /// Is called before such a function returns, once for each scalar of its result.
  mutating func willReturn(_ value: TaggedValue, _ index: Int, from function: Site)

  /// Is called before a call, once for each scalar that is passed.
  mutating func argument(_ value: TaggedValue, _ index: Int, at site: Site)

  /// Is called where the program goes one way or another by a value that has a tag.
  mutating func branch(_ condition: TaggedValue, at site: Site)

  /// Says which tag the result of a primitive has that was given a value with a tag; by itself,
  /// none. Comes behind the call.
  mutating func tag(ofPrimitive call: TaggedCall) -> Tag
}

// The defaults are marks, as those of RayContext are.
extension TaggingContext {
  @inline(never) @_optimize(none)
  public mutating func tag(of operation: TagOperation) -> Tag {
    rayc_note_absence()
    return .none
  }
  @inlinable
  public static var tagsAllOperations: Bool { false }
  @inline(never) @_optimize(none)
  public mutating func tag(ofResult value: TaggedValue, at site: Site) -> Tag {
    rayc_note_absence()
    return value.tag
  }
  @inline(never) @_optimize(none)
  public mutating func tag(
    ofLoad value: TaggedValue, from address: UnsafeRawPointer, at site: Site
  ) -> Tag {
    rayc_note_absence()
    return value.tag
  }
  @inline(never) @_optimize(none)
  public mutating func tag(
    ofParameter value: TaggedValue, _ index: Int, of function: Site
  ) -> Tag {
    rayc_note_absence()
    return value.tag
  }
  @inline(never) @_optimize(none)
  public mutating func willReturn(_ value: TaggedValue, _ index: Int, from function: Site) {
    rayc_note_absence()
  }
  @inline(never) @_optimize(none)
  public mutating func argument(_ value: TaggedValue, _ index: Int, at site: Site) {
    rayc_note_absence()
  }
  @inline(never) @_optimize(none)
  public mutating func branch(_ condition: TaggedValue, at site: Site) { rayc_note_absence() }
  @inline(never) @_optimize(none)
  public mutating func tag(ofPrimitive call: TaggedCall) -> Tag {
    rayc_note_absence()
    return .none
  }
}

extension RayContext {
  /// What the glue calls in place of each of these for a context that tags nothing.
  @inline(never) @_optimize(none)
  public mutating func _tagsNothing() { rayc_note_absence() }
}

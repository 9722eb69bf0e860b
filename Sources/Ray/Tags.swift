// Stage 5: the tags of values, for programs and contexts.
import CRay

/// The tags of the running program's values. In a program whose context tags nothing, there are
/// none, and nothing can be set.
public enum Tags {
  /// Whether values have tags in this program.
  public static var areCarried: Bool { rayc_tags_are_carried() }

  /// Gives a value in memory a tag: each word of it has that tag from now on.
  ///
  /// - Parameters:
  ///   - tag: The tag; `none` takes the tags away.
  ///   - value: A number, or a value of numbers. Of an array or another collection it is the
  ///     reference that gets the tag and not the elements: use `&xs[i]` for those.
  public static func set<T>(_ tag: Tag, on value: inout T) {
    withUnsafeMutableBytes(of: &value) { set(tag, onMemory: $0) }
  }

  /// The tag of a value; of one of several words, the tag of the first that has one.
  public static func tag<T>(of value: T) -> Tag {
    withUnsafeBytes(of: value) { tag(ofMemory: $0) }
  }

  /// Gives each word of memory a tag.
  public static func set(_ tag: Tag, onMemory bytes: UnsafeMutableRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    rayc_tag_set(start, bytes.count, tag.rawValue)
  }

  /// The tag of the first byte of memory that has one.
  public static func tag(ofMemory bytes: UnsafeRawBufferPointer) -> Tag {
    guard let start = bytes.baseAddress else { return .none }
    return Tag(rawValue: rayc_tag_find(start, bytes.count))
  }

  /// The primitives that were given values with tags and are on no table of known ones, by their
  /// symbols, with how often that happened; the most frequent first. What they returned has no tag.
  public static var lost: [(callee: String, count: Int)] {
    var counts: [String: Int] = [:]
    var next = rayc_tag_losses()
    // The list's end is no callee.
    while let loss = next, loss.pointee.next != nil {
      let callee = loss.pointee.callee.map { String(cString: $0) } ?? ""
      counts[callee, default: 0] += Int(loss.pointee.count)
      next = UnsafePointer(loss.pointee.next)
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { (callee: $0.key, count: $0.value) }
  }
}

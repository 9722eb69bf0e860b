import Ray
/// Each result of a function `input` has a bit of its own; what is given to `output` shows them.
struct Tagging: TaggingContext {
  private var inputs = 0, outputs = 0
  mutating func tag(of operation: TagOperation) -> Tag { operation.union }
  mutating func tag(ofResult value: TaggedValue, at site: Site) -> Tag {
    guard site.shortCallee.contains(".input(") else { return value.tag }
    inputs += 1
    return Tag(rawValue: 1 << (inputs - 1))
  }
  mutating func argument(_ value: TaggedValue, _ index: Int, at site: Site) {
    guard index == 0, site.shortCallee.contains(".output(") else { return }
    outputs += 1
    print("output \(outputs): \(String(value.tag.rawValue, radix: 2))")
  }
}

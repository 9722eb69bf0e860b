// Stage 5: what `profile` keeps its counts in.
import CRay
import Glibc
import Ray

/// Elements that never move while a hook runs; grows by copying.
struct ProfileBuffer<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity = 64

  init() { base = .allocate(capacity: 64) }

  @inline(__always)
  mutating func append(_ element: Element) -> Int32 {
    if count == capacity { grow() }
    (base + count).initialize(to: element)
    count += 1
    return Int32(count - 1)
  }

  @inline(__always)
  mutating func removeLast() { count -= 1 }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    (base, capacity) = (larger, capacity * 2)
  }

  func deallocate() { base.deallocate() }
}

/// How often what happened at each site, by its index, and how many bytes.
struct ProfileCounts {
  private(set) var counts = UnsafeMutablePointer<(events: UInt64, bytes: UInt64)>.allocate(
    capacity: 1)
  private(set) var count = 0

  @inline(__always)
  mutating func add(_ events: UInt64, _ bytes: UInt64, at index: Int) {
    if index >= count { grow(to: index) }
    counts[index].events &+= events
    counts[index].bytes &+= bytes
  }

  @inline(never)
  private mutating func grow(to index: Int) {
    let new = max(index + 1, Site.count)
    let larger = UnsafeMutablePointer<(events: UInt64, bytes: UInt64)>.allocate(capacity: new)
    larger.initialize(repeating: (0, 0), count: new)
    larger.update(from: counts, count: count)
    counts.deallocate()
    (counts, count) = (larger, new)
  }
}

// An extent follows the work: tasks that are started inside are observed, on whatever thread
// they run; others are not, also when they share those threads.
//
//   $ rayc run Examples/AsyncOverdub.swift
//   loaded 285 bytes
//   10 pages
//   outside, at the same time: 285 bytes

import Ray

@inline(never) func parse(_ page: Int) -> Int { page * page }

func load(_ page: Int) async throws -> Int {
  await Task.yield()
  return parse(page)
}

func loadAll() async throws -> Int {
  try await withThrowingTaskGroup(of: Int.self) { group in
    for page in 0..<10 { group.addTask { try await load(page) } }
    return try await group.reduce(0, +)
  }
}

/// Each thread counts for itself; the counts are added when the extent ends.
struct Counter: RayContext {
  var pages = 0
  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    if site.callee.contains("parse") { pages += 1 }
  }
  mutating func merge(_ other: Counter) { pages += other.pages }
}

var counter = Counter()
async let unobserved = loadAll()
let bytes = try await overdub(&counter) { try await loadAll() }
print("loaded \(bytes) bytes")
print("\(counter.pages) pages")
print("outside, at the same time: \(try await unobserved) bytes")

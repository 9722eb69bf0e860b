import Synchronization

public let marks = Atomic<Int>(0)
@inline(never) public func mark() { marks.add(1, ordering: .relaxed) }

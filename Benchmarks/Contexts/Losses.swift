import Glibc
import Ray

/// Tags what calls return, and says which functions without IR lost tags, with how many calls.
///
///     $ rayc run -W Benchmarks/Contexts/Losses.swift:Losses main.swift
struct Losses: TaggingContext {
    mutating func tag(of operation: TagOperation) -> Tag { operation.union }
    mutating func tag(ofResult value: TaggedValue, at site: Site) -> Tag { Tag(1) }

    func finish() {
        for (callee, count) in Tags.lost { fputs("lost \(count) \(callee)\n", stderr) }
    }
}

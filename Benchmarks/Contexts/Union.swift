import Ray

/// Carries sets along: a result has the bits of all that it was made from.
struct Union: TaggingContext {
    mutating func tag(of operation: TagOperation) -> Tag { operation.union }
}

func value() -> Int { helper(20) }
@inline(never) func helper(_ value: Int) -> Int { value * 2 + 2 }

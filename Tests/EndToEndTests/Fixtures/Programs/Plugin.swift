// A library that pointers.swift opens and closes.
@_cdecl("triple") public func triple(_ x: Int) -> Int { add(x, add(x, x)) }
@inline(never) func add(_ x: Int, _ y: Int) -> Int { x + y }

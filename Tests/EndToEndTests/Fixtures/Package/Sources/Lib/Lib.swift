import CLib

public func twice(_ value: Int) -> Int { Int(c_twice(Int32(value))) + generated - generated }
public func sum(_ values: [Int]) -> Int { values.reduce(0, add) }
func add(_ left: Int, _ right: Int) -> Int { left + right }

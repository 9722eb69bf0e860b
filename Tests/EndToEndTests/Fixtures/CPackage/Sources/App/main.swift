import Counting

/// Called by C code.
@_cdecl("swift_answer") public func answer(_ value: CInt) -> CInt { value * 2 }
@c(swift_half) public func half(_ value: CInt) -> CInt { value / 2 }
/// What the C header declares.
@c @implementation public func swift_thrice(_ value: CInt) -> CInt { value * 3 }

func visitAll(_ values: [CInt]) -> (CInt, [CInt]) {
  var seen: [CInt] = []
  let total = withUnsafeMutablePointer(to: &seen) { place in
    visit(
      values, CInt(values.count),
      { value, state in
        state!.assumingMemoryBound(to: [CInt].self).pointee.append(value)
        return value + 1
      }, place)
  }
  return (total, seen)
}

print(visitAll([1, 2, 3]), visitAll([1, -7, 3]))
print(call_back(5), longest("the longest word"))
print(withVaList([CInt(4), CInt(5)]) { sum_of(2, $0) })

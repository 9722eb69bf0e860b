// Operators -------------------------------------------------------------------------------

extension UnsafeMutableRawPointer {
  @inline(__always)
  fileprivate func operation<T>(
    _ result: T, _ operands: UnsafeRawPointer?, _ site: UnsafeRawPointer
  ) -> T {
    let site = Site(_record: site)
    let operands = Arguments(_addresses: operands, site: site)
    return handingBack(result, context.pointee.operation(result, of: site, operands))
  }

  @inline(__always)
  fileprivate func operation<T>(
    _: T.Type, _ value: UnsafeMutableRawPointer, _ operands: UnsafeRawPointer?,
    _ site: UnsafeRawPointer
  ) {
    let value = value.assumingMemoryBound(to: T.self)
    replaceOwned(value, with: operation(value.pointee, operands, site))
  }
}

@c(rayc_context_probe_operation_) public func probeOperation(
  _ state: UnsafeMutableRawPointer, _ result: UnsafeMutableRawPointer,
  _ value: UnsafeMutableRawPointer, _ type: UnsafeRawPointer, _ site: UnsafeRawPointer
) {
  func open<T>(_: T.Type) {
    let value = value.assumingMemoryBound(to: T.self)
    result.initializeMemory(as: T.self, to: state.operation(value.pointee, nil, site))
  }
  _openExistential(unsafeBitCast(type, to: Any.Type.self), do: open)
}
@c(rayc_hook_operation_in_yt)
public func operation_in_yt(
  _ state: _Value, _ value: _Value, _ operands: UnsafeRawPointer?, _ site: _Record
) {
  state.operation((), operands, site)
}
@c(rayc_hook_operation_i1) public func operation_i1(
  _ value: UnsafeMutableRawPointer, _ result: Bool, _ operands: UnsafeRawPointer?,
  _ site: UnsafeRawPointer
) -> Bool {
  value.operation(result, operands, site)
}
@c(rayc_hook_operation_i8) public func operation_i8(
  _ value: UnsafeMutableRawPointer, _ result: Int8, _ operands: UnsafeRawPointer?,
  _ site: UnsafeRawPointer
) -> Int8 {
  value.operation(result, operands, site)
}
@c(rayc_hook_operation_i16) public func operation_i16(
  _ value: UnsafeMutableRawPointer, _ result: Int16, _ operands: UnsafeRawPointer?,
  _ site: UnsafeRawPointer
) -> Int16 {
  value.operation(result, operands, site)
}
@c(rayc_hook_operation_i32) public func operation_i32(
  _ value: UnsafeMutableRawPointer, _ result: Int32, _ operands: UnsafeRawPointer?,
  _ site: UnsafeRawPointer
) -> Int32 {
  value.operation(result, operands, site)
}
@c(rayc_hook_operation_i64) public func operation_i64(
  _ value: UnsafeMutableRawPointer, _ result: Int64, _ operands: UnsafeRawPointer?,
  _ site: UnsafeRawPointer
) -> Int64 {
  value.operation(result, operands, site)
}
@c(rayc_hook_operation_f32) public func operation_f32(
  _ value: UnsafeMutableRawPointer, _ result: Float, _ operands: UnsafeRawPointer?,
  _ site: UnsafeRawPointer
) -> Float {
  value.operation(result, operands, site)
}
@c(rayc_hook_operation_f64) public func operation_f64(
  _ value: UnsafeMutableRawPointer, _ result: Double, _ operands: UnsafeRawPointer?,
  _ site: UnsafeRawPointer
) -> Double {
  value.operation(result, operands, site)
}
@c(rayc_hook_operation_any) public func operation_any(
  _ value: UnsafeMutableRawPointer, _ result: UnsafeMutableRawPointer,
  _ type: UnsafeMutableRawPointer, _ operands: UnsafeRawPointer?, _ site: UnsafeRawPointer
) {
  func open<T>(_: T.Type) { value.operation(T.self, result, operands, site) }
  guard let type = _type(at: type) else { return value.operation((), operands, site) }
  _openExistential(type, do: open)
}
@c(rayc_hook_operation_in_Si)
public func operation_in_Si(
  _ state: _Value, _ value: _Value, _ operands: UnsafeRawPointer?, _ site: _Record
) {
  state.operation(Int.self, value, operands, site)
}
@c(rayc_hook_operation_in_Su)
public func operation_in_Su(
  _ state: _Value, _ value: _Value, _ operands: UnsafeRawPointer?, _ site: _Record
) {
  state.operation(UInt.self, value, operands, site)
}
@c(rayc_hook_operation_in_s5UInt8V)
public func operation_in_s5UInt8V(
  _ state: _Value, _ value: _Value, _ operands: UnsafeRawPointer?, _ site: _Record
) {
  state.operation(UInt8.self, value, operands, site)
}
@c(rayc_hook_operation_in_s6UInt16V)
public func operation_in_s6UInt16V(
  _ state: _Value, _ value: _Value, _ operands: UnsafeRawPointer?, _ site: _Record
) {
  state.operation(UInt16.self, value, operands, site)
}
@c(rayc_hook_operation_in_s6UInt32V)
public func operation_in_s6UInt32V(
  _ state: _Value, _ value: _Value, _ operands: UnsafeRawPointer?, _ site: _Record
) {
  state.operation(UInt32.self, value, operands, site)
}
@c(rayc_hook_operation_in_s6UInt64V)
public func operation_in_s6UInt64V(
  _ state: _Value, _ value: _Value, _ operands: UnsafeRawPointer?, _ site: _Record
) {
  state.operation(UInt64.self, value, operands, site)
}

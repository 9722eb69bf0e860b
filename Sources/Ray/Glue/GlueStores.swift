// Stores ----------------------------------------------------------------------------------

extension UnsafeMutableRawPointer {
  @inline(__always)
  fileprivate func store<T>(_ value: T, _ site: UnsafeRawPointer) -> T {
    handingBack(value, context.pointee.store(value, at: Site(_record: site)))
  }

  // `isOwned`: the value is the memory's already, so what takes its place releases it.
  @inline(__always)
  fileprivate func store<T>(
    _: T.Type, _ value: UnsafeMutableRawPointer, _ isOwned: Bool, _ site: UnsafeRawPointer
  ) {
    let value = value.assumingMemoryBound(to: T.self)
    // Twice, so that a hook that gives the value back is seen to do nothing.
    if isOwned {
      replaceOwned(value, with: store(value.pointee, site))
    } else {
      replaceBorrowed(value, with: store(value.pointee, site))
    }
  }
}

@c(rayc_context_probe_store_) public func probeStore(
  _ state: UnsafeMutableRawPointer, _ result: UnsafeMutableRawPointer,
  _ value: UnsafeMutableRawPointer, _ type: UnsafeRawPointer, _ site: UnsafeRawPointer
) {
  func open<T>(_: T.Type) {
    let value = value.assumingMemoryBound(to: T.self)
    result.initializeMemory(as: T.self, to: state.store(value.pointee, site))
  }
  _openExistential(unsafeBitCast(type, to: Any.Type.self), do: open)
}
@c(rayc_hook_store_in_yt)
public func store_in_yt(_ state: _Value, _ value: _Value, _ isOwned: Bool, _ site: _Record) {
  state.store((), site)
}
@c(rayc_hook_store_i1) public func store_i1(
  _ value: UnsafeMutableRawPointer, _ store: Bool, _ site: UnsafeRawPointer
) -> Bool {
  value.store(store, site)
}
@c(rayc_hook_store_i8) public func store_i8(
  _ value: UnsafeMutableRawPointer, _ store: Int8, _ site: UnsafeRawPointer
) -> Int8 {
  value.store(store, site)
}
@c(rayc_hook_store_i16) public func store_i16(
  _ value: UnsafeMutableRawPointer, _ store: Int16, _ site: UnsafeRawPointer
) -> Int16 {
  value.store(store, site)
}
@c(rayc_hook_store_i32) public func store_i32(
  _ value: UnsafeMutableRawPointer, _ store: Int32, _ site: UnsafeRawPointer
) -> Int32 {
  value.store(store, site)
}
@c(rayc_hook_store_i64) public func store_i64(
  _ value: UnsafeMutableRawPointer, _ store: Int64, _ site: UnsafeRawPointer
) -> Int64 {
  value.store(store, site)
}
@c(rayc_hook_store_f32) public func store_f32(
  _ value: UnsafeMutableRawPointer, _ store: Float, _ site: UnsafeRawPointer
) -> Float {
  value.store(store, site)
}
@c(rayc_hook_store_f64) public func store_f64(
  _ value: UnsafeMutableRawPointer, _ store: Double, _ site: UnsafeRawPointer
) -> Double {
  value.store(store, site)
}
@c(rayc_hook_store_ptr) public func store_ptr(
  _ value: UnsafeMutableRawPointer, _ store: UnsafeRawPointer?, _ site: UnsafeRawPointer
) -> UnsafeRawPointer? {
  value.store(store, site)
}
@c(rayc_hook_store_any) public func store_any(
  _ value: UnsafeMutableRawPointer, _ store: UnsafeMutableRawPointer,
  _ type: UnsafeMutableRawPointer, _ isOwned: Bool, _ site: UnsafeRawPointer
) {
  func open<T>(_: T.Type) { value.store(T.self, store, isOwned, site) }
  guard let type = _type(at: type) else { return value.store((), site) }
  _openExistential(type, do: open)
}
@c(rayc_hook_store_in_Si)
public func store_in_Si(
  _ state: _Value, _ value: _Value, _ isOwned: Bool, _ site: _Record
) {
  state.store(Int.self, value, isOwned, site)
}
@c(rayc_hook_store_in_Su)
public func store_in_Su(
  _ state: _Value, _ value: _Value, _ isOwned: Bool, _ site: _Record
) {
  state.store(UInt.self, value, isOwned, site)
}
@c(rayc_hook_store_in_s5UInt8V)
public func store_in_s5UInt8V(
  _ state: _Value, _ value: _Value, _ isOwned: Bool, _ site: _Record
) {
  state.store(UInt8.self, value, isOwned, site)
}
@c(rayc_hook_store_in_s6UInt16V)
public func store_in_s6UInt16V(
  _ state: _Value, _ value: _Value, _ isOwned: Bool, _ site: _Record
) {
  state.store(UInt16.self, value, isOwned, site)
}
@c(rayc_hook_store_in_s6UInt32V)
public func store_in_s6UInt32V(
  _ state: _Value, _ value: _Value, _ isOwned: Bool, _ site: _Record
) {
  state.store(UInt32.self, value, isOwned, site)
}
@c(rayc_hook_store_in_s6UInt64V)
public func store_in_s6UInt64V(
  _ state: _Value, _ value: _Value, _ isOwned: Bool, _ site: _Record
) {
  state.store(UInt64.self, value, isOwned, site)
}
@c(rayc_hook_store_in_SS)
public func store_in_SS(
  _ state: _Value, _ value: _Value, _ isOwned: Bool, _ site: _Record
) {
  state.store(String.self, value, isOwned, site)
}
@c(rayc_hook_store_in_SaySiG)
public func store_in_SaySiG(
  _ state: _Value, _ value: _Value, _ isOwned: Bool, _ site: _Record
) {
  state.store([Int].self, value, isOwned, site)
}
@c(rayc_hook_store_in_SaySdG)
public func store_in_SaySdG(
  _ state: _Value, _ value: _Value, _ isOwned: Bool, _ site: _Record
) {
  state.store([Double].self, value, isOwned, site)
}
@c(rayc_hook_store_in_SaySSG)
public func store_in_SaySSG(
  _ state: _Value, _ value: _Value, _ isOwned: Bool, _ site: _Record
) {
  state.store([String].self, value, isOwned, site)
}
@c(rayc_hook_store_in_SiSg)
public func store_in_SiSg(
  _ state: _Value, _ value: _Value, _ isOwned: Bool, _ site: _Record
) {
  state.store(Int?.self, value, isOwned, site)
}
@c(rayc_hook_store_in_SdSg)
public func store_in_SdSg(
  _ state: _Value, _ value: _Value, _ isOwned: Bool, _ site: _Record
) {
  state.store(Double?.self, value, isOwned, site)
}
@c(rayc_hook_store_in_SSSg)
public func store_in_SSSg(
  _ state: _Value, _ value: _Value, _ isOwned: Bool, _ site: _Record
) {
  state.store(String?.self, value, isOwned, site)
}

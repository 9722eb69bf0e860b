// Stage 5: the hooks of one context, as the pass calls them. The driver puts the
// context's name in place of the word below and compiles this beside the context's file;
// the pass drops each hook that does nothing.
import CRay
import Ray

private typealias Context = __RAYC_CONTEXT__

// What the program goes on with: what a hook returned; in a build with `--read-only`, what the
// hook was given.
@inline(__always)
private func handingBack<T>(_ given: T, _ returned: T) -> T {
  #if RAYC_READ_ONLY
    given
  #else
    returned
  #endif
}

// Puts what a hook returned into memory, where the value belongs to the memory, or does not.
@inline(__always)
private func replaceOwned<T>(_ address: UnsafeMutablePointer<T>, with value: T) {
  #if !RAYC_READ_ONLY
    address.pointee = value
  #endif
}
@inline(__always)
private func replaceBorrowed<T>(_ address: UnsafeMutablePointer<T>, with value: T) {
  #if !RAYC_READ_ONLY
    _replaceLoaded(address, with: value)
  #endif
}

extension UnsafeMutableRawPointer {
  @inline(__always)
  fileprivate var context: UnsafeMutablePointer<Context> { assumingMemoryBound(to: Context.self) }

  @inline(__always)
  fileprivate func result<T>(_ value: T, _ site: UnsafeRawPointer) -> T {
    handingBack(value, context.pointee.result(value, of: Site(_record: site)))
  }

  @inline(__always)
  fileprivate func load<T>(_ value: T, _ site: UnsafeRawPointer) -> T {
    handingBack(value, context.pointee.load(value, at: Site(_record: site)))
  }
}

@c(rayc_context_size) public func contextSize() -> Int { MemoryLayout<Context>.size }
@c(rayc_context_alignment) public func contextAlignment() -> Int { MemoryLayout<Context>.alignment }

@c(rayc_context_init) public func contextInit(_ value: UnsafeMutableRawPointer) {
  _answerRuns(Context.self)
  _makeContext(Context.self, at: value)
  _enterSession(Context.self, at: value)
}
@c(rayc_context_merge) public func contextMerge(
  _ value: UnsafeMutableRawPointer, _ other: UnsafeMutableRawPointer
) {
  value.context.pointee.merge(other.context.move())
}
@c(rayc_context_finish) public func contextFinish(_ value: UnsafeMutableRawPointer) {
  value.context.pointee.finish()
  _leaveSession(Context.self, at: value)
  value.context.deinitialize(count: 1)
}

// What the context does with values of any type. The pass looks at these (Passes/Parametric.h),
// and nobody calls them.
@c(rayc_context_probe_result_) public func probeResult(
  _ state: UnsafeMutableRawPointer, _ result: UnsafeMutableRawPointer,
  _ value: UnsafeMutableRawPointer, _ type: UnsafeRawPointer, _ site: UnsafeRawPointer
) {
  func open<T>(_: T.Type) {
    let value = value.assumingMemoryBound(to: T.self)
    result.initializeMemory(as: T.self, to: state.result(value.pointee, site))
  }
  _openExistential(unsafeBitCast(type, to: Any.Type.self), do: open)
}
@c(rayc_context_probe_load_) public func probeLoad(
  _ state: UnsafeMutableRawPointer, _ result: UnsafeMutableRawPointer,
  _ value: UnsafeMutableRawPointer, _ type: UnsafeRawPointer, _ site: UnsafeRawPointer
) {
  func open<T>(_: T.Type) {
    let value = value.assumingMemoryBound(to: T.self)
    result.initializeMemory(as: T.self, to: state.load(value.pointee, site))
  }
  _openExistential(unsafeBitCast(type, to: Any.Type.self), do: open)
}

@c(rayc_hook_willCall) public func willCall(
  _ value: UnsafeMutableRawPointer, _ arguments: UnsafeRawPointer?, _ site: UnsafeRawPointer
) {
  let site = Site(_record: site)
  value.context.pointee.willCall(site, Arguments(_addresses: arguments, site: site))
}
@c(rayc_hook_didCall) public func didCall(
  _ value: UnsafeMutableRawPointer, _ error: UnsafeRawPointer?, _ site: UnsafeRawPointer
) {
  value.context.pointee._didCall(Site(_record: site), error)
}

@c(rayc_hook_outcome) public func outcome(
  _ value: UnsafeMutableRawPointer, _ outcome: UnsafeMutableRawPointer, _ site: UnsafeRawPointer
) {
  let ending = _Ending(outcome)
  func open<T>(_: T.Type) {
    let given = ending.read(T.self)
    let returned = value.context.pointee.outcome(given, of: Site(_record: site))
    ending.leave(handingBack(given, returned))
  }
  _openExistential(ending.type, do: open)
}

@c(rayc_hook_result_i1) public func result_i1(
  _ value: UnsafeMutableRawPointer, _ result: Bool, _ site: UnsafeRawPointer
) -> Bool {
  value.result(result, site)
}
@c(rayc_hook_result_i8) public func result_i8(
  _ value: UnsafeMutableRawPointer, _ result: Int8, _ site: UnsafeRawPointer
) -> Int8 {
  value.result(result, site)
}
@c(rayc_hook_result_i16) public func result_i16(
  _ value: UnsafeMutableRawPointer, _ result: Int16, _ site: UnsafeRawPointer
) -> Int16 {
  value.result(result, site)
}
@c(rayc_hook_result_i32) public func result_i32(
  _ value: UnsafeMutableRawPointer, _ result: Int32, _ site: UnsafeRawPointer
) -> Int32 {
  value.result(result, site)
}
@c(rayc_hook_result_i64) public func result_i64(
  _ value: UnsafeMutableRawPointer, _ result: Int64, _ site: UnsafeRawPointer
) -> Int64 {
  value.result(result, site)
}
@c(rayc_hook_result_f32) public func result_f32(
  _ value: UnsafeMutableRawPointer, _ result: Float, _ site: UnsafeRawPointer
) -> Float {
  value.result(result, site)
}
@c(rayc_hook_result_f64) public func result_f64(
  _ value: UnsafeMutableRawPointer, _ result: Double, _ site: UnsafeRawPointer
) -> Double {
  value.result(result, site)
}
@c(rayc_hook_result_ptr) public func result_ptr(
  _ value: UnsafeMutableRawPointer, _ result: UnsafeRawPointer?, _ site: UnsafeRawPointer
) -> UnsafeRawPointer? {
  value.result(result, site)
}
@c(rayc_hook_result_any) public func result_any(
  _ value: UnsafeMutableRawPointer, _ result: UnsafeMutableRawPointer,
  _ type: UnsafeMutableRawPointer, _ site: UnsafeRawPointer
) {
  func open<T>(_: T.Type) {
    let result = result.assumingMemoryBound(to: T.self)
    replaceOwned(result, with: value.result(result.pointee, site))
  }
  guard let type = _type(at: type) else { return value.result((), site) }
  _openExistential(type, do: open)
}
// A result that the caller has yet to retain: a replacement is kept, as a loaded value's is.
@c(rayc_hook_result_borrowed) public func result_borrowed(
  _ value: UnsafeMutableRawPointer, _ result: UnsafeMutableRawPointer,
  _ type: UnsafeMutableRawPointer, _ site: UnsafeRawPointer
) {
  func open<T>(_: T.Type) {
    let result = result.assumingMemoryBound(to: T.self)
    replaceBorrowed(result, with: value.result(result.pointee, site))
  }
  if let type = _type(at: type) { _openExistential(type, do: open) }
}

@c(rayc_hook_load_i1) public func load_i1(
  _ value: UnsafeMutableRawPointer, _ load: Bool, _ site: UnsafeRawPointer
) -> Bool {
  value.load(load, site)
}
@c(rayc_hook_load_i8) public func load_i8(
  _ value: UnsafeMutableRawPointer, _ load: Int8, _ site: UnsafeRawPointer
) -> Int8 {
  value.load(load, site)
}
@c(rayc_hook_load_i16) public func load_i16(
  _ value: UnsafeMutableRawPointer, _ load: Int16, _ site: UnsafeRawPointer
) -> Int16 {
  value.load(load, site)
}
@c(rayc_hook_load_i32) public func load_i32(
  _ value: UnsafeMutableRawPointer, _ load: Int32, _ site: UnsafeRawPointer
) -> Int32 {
  value.load(load, site)
}
@c(rayc_hook_load_i64) public func load_i64(
  _ value: UnsafeMutableRawPointer, _ load: Int64, _ site: UnsafeRawPointer
) -> Int64 {
  value.load(load, site)
}
@c(rayc_hook_load_f32) public func load_f32(
  _ value: UnsafeMutableRawPointer, _ load: Float, _ site: UnsafeRawPointer
) -> Float {
  value.load(load, site)
}
@c(rayc_hook_load_f64) public func load_f64(
  _ value: UnsafeMutableRawPointer, _ load: Double, _ site: UnsafeRawPointer
) -> Double {
  value.load(load, site)
}
@c(rayc_hook_load_ptr) public func load_ptr(
  _ value: UnsafeMutableRawPointer, _ load: UnsafeRawPointer?, _ site: UnsafeRawPointer
) -> UnsafeRawPointer? {
  value.load(load, site)
}
@c(rayc_hook_load_any) public func load_any(
  _ value: UnsafeMutableRawPointer, _ load: UnsafeMutableRawPointer,
  _ type: UnsafeMutableRawPointer, _ site: UnsafeRawPointer
) {
  func open<T>(_: T.Type) {
    let load = load.assumingMemoryBound(to: T.self)
    replaceBorrowed(load, with: value.load(load.pointee, site))
  }
  guard let type = _type(at: type) else { return value.load((), site) }
  _openExistential(type, do: open)
}

// Values of these types go through memory too, but their hooks are as exact as those above:
// what does nothing is dropped, and what does little is inlined. The names are the types'
// mangled ones, as the pass spells them.
extension UnsafeMutableRawPointer {
  @inline(__always)
  fileprivate func result<T>(
    _: T.Type, _ value: UnsafeMutableRawPointer, _ site: UnsafeRawPointer
  ) {
    let value = value.assumingMemoryBound(to: T.self)
    replaceOwned(value, with: result(value.pointee, site))
  }

  @inline(__always)
  fileprivate func load<T>(
    _: T.Type, _ value: UnsafeMutableRawPointer, _ site: UnsafeRawPointer
  ) {
    let value = value.assumingMemoryBound(to: T.self)
    replaceBorrowed(value, with: load(value.pointee, site))
  }
}
public typealias _Value = UnsafeMutableRawPointer
public typealias _Record = UnsafeRawPointer
private typealias Pointer = UnsafeRawPointer?

// What a value without a known type comes as; and every value, where a context looks at none.
@c(rayc_hook_result_in_yt)
public func result_in_yt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result((), site)
}
@c(rayc_hook_load_in_yt)
public func load_in_yt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load((), site)
}

@c(rayc_hook_result_in_s5Int64V_s5Int64Vt)
public func result_in_s5Int64V_s5Int64Vt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result((Int64, Int64).self, value, site)
}
@c(rayc_hook_result_in_s5Int64V_SVSgt)
public func result_in_s5Int64V_SVSgt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result((Int64, Pointer).self, value, site)
}
@c(rayc_hook_result_in_SVSg_s5Int64Vt)
public func result_in_SVSg_s5Int64Vt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result((Pointer, Int64).self, value, site)
}
@c(rayc_hook_result_in_SVSg_SVSgt)
public func result_in_SVSg_SVSgt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result((Pointer, Pointer).self, value, site)
}
@c(rayc_hook_result_in_s5Int64V_Sbt)
public func result_in_s5Int64V_Sbt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result((Int64, Bool).self, value, site)
}
@c(rayc_hook_result_in_s5Int64V_s4Int8Vt)
public func result_in_s5Int64V_s4Int8Vt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result((Int64, Int8).self, value, site)
}
@c(rayc_hook_result_in_SVSg_s4Int8Vt)
public func result_in_SVSg_s4Int8Vt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result((Pointer, Int8).self, value, site)
}
@c(rayc_hook_result_in_Sd_Sdt)
public func result_in_Sd_Sdt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result((Double, Double).self, value, site)
}
@c(rayc_hook_result_in_s5Int64V_s5Int64Vs5Int64Vt)
public func result_in_s5Int64V_s5Int64Vs5Int64Vt(_ state: _Value, _ value: _Value, _ site: _Record)
{
  state.result((Int64, Int64, Int64).self, value, site)
}
@c(rayc_hook_result_in_s5Int64V_s5Int64VSVSgt)
public func result_in_s5Int64V_s5Int64VSVSgt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result((Int64, Int64, Pointer).self, value, site)
}
@c(rayc_hook_result_in_s5Int64V_s5Int64Vs5Int64VSVSgt)
public func result_in_s5Int64V_s5Int64Vs5Int64VSVSgt(
  _ state: _Value, _ value: _Value, _ site: _Record
) {
  state.result((Int64, Int64, Int64, Pointer).self, value, site)
}
@c(rayc_hook_result_in_s5Int64V_s5Int64Vs5Int64Vs5Int64Vt)
public func result_in_s5Int64V_s5Int64Vs5Int64Vs5Int64Vt(
  _ state: _Value, _ value: _Value, _ site: _Record
) {
  state.result((Int64, Int64, Int64, Int64).self, value, site)
}
@c(rayc_hook_result_in_SVSg_SVSgSVSgt)
public func result_in_SVSg_SVSgSVSgt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result((Pointer, Pointer, Pointer).self, value, site)
}
@c(rayc_hook_result_in_s5SIMD2VySdG)
public func result_in_s5SIMD2VySdG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(SIMD2<Double>.self, value, site)
}
@c(rayc_hook_result_in_s5SIMD4VySdG)
public func result_in_s5SIMD4VySdG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(SIMD4<Double>.self, value, site)
}
@c(rayc_hook_result_in_s5SIMD2Vys5Int64VG)
public func result_in_s5SIMD2Vys5Int64VG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(SIMD2<Int64>.self, value, site)
}
@c(rayc_hook_result_in_s5SIMD4Vys5Int64VG)
public func result_in_s5SIMD4Vys5Int64VG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(SIMD4<Int64>.self, value, site)
}
@c(rayc_hook_result_in_s5SIMD4VySfG)
public func result_in_s5SIMD4VySfG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(SIMD4<Float>.self, value, site)
}
@c(rayc_hook_result_in_s5SIMD8VySfG)
public func result_in_s5SIMD8VySfG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(SIMD8<Float>.self, value, site)
}
@c(rayc_hook_result_in_s5SIMD4Vys5Int32VG)
public func result_in_s5SIMD4Vys5Int32VG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(SIMD4<Int32>.self, value, site)
}
@c(rayc_hook_result_in_s5SIMD8Vys5Int32VG)
public func result_in_s5SIMD8Vys5Int32VG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(SIMD8<Int32>.self, value, site)
}
@c(rayc_hook_result_in_s6SIMD16Vys4Int8VG)
public func result_in_s6SIMD16Vys4Int8VG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(SIMD16<Int8>.self, value, site)
}
@c(rayc_hook_load_in_s5Int64V_s5Int64Vt)
public func load_in_s5Int64V_s5Int64Vt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load((Int64, Int64).self, value, site)
}
@c(rayc_hook_load_in_s5Int64V_SVSgt)
public func load_in_s5Int64V_SVSgt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load((Int64, Pointer).self, value, site)
}
@c(rayc_hook_load_in_SVSg_s5Int64Vt)
public func load_in_SVSg_s5Int64Vt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load((Pointer, Int64).self, value, site)
}
@c(rayc_hook_load_in_SVSg_SVSgt)
public func load_in_SVSg_SVSgt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load((Pointer, Pointer).self, value, site)
}
@c(rayc_hook_load_in_s5Int64V_Sbt)
public func load_in_s5Int64V_Sbt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load((Int64, Bool).self, value, site)
}
@c(rayc_hook_load_in_s5Int64V_s4Int8Vt)
public func load_in_s5Int64V_s4Int8Vt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load((Int64, Int8).self, value, site)
}
@c(rayc_hook_load_in_SVSg_s4Int8Vt)
public func load_in_SVSg_s4Int8Vt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load((Pointer, Int8).self, value, site)
}
@c(rayc_hook_load_in_Sd_Sdt)
public func load_in_Sd_Sdt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load((Double, Double).self, value, site)
}
@c(rayc_hook_load_in_s5Int64V_s5Int64Vs5Int64Vt)
public func load_in_s5Int64V_s5Int64Vs5Int64Vt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load((Int64, Int64, Int64).self, value, site)
}
@c(rayc_hook_load_in_s5Int64V_s5Int64VSVSgt)
public func load_in_s5Int64V_s5Int64VSVSgt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load((Int64, Int64, Pointer).self, value, site)
}
@c(rayc_hook_load_in_s5Int64V_s5Int64Vs5Int64VSVSgt)
public func load_in_s5Int64V_s5Int64Vs5Int64VSVSgt(
  _ state: _Value, _ value: _Value, _ site: _Record
) {
  state.load((Int64, Int64, Int64, Pointer).self, value, site)
}
@c(rayc_hook_load_in_s5Int64V_s5Int64Vs5Int64Vs5Int64Vt)
public func load_in_s5Int64V_s5Int64Vs5Int64Vs5Int64Vt(
  _ state: _Value, _ value: _Value, _ site: _Record
) {
  state.load((Int64, Int64, Int64, Int64).self, value, site)
}
@c(rayc_hook_load_in_SVSg_SVSgSVSgt)
public func load_in_SVSg_SVSgSVSgt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load((Pointer, Pointer, Pointer).self, value, site)
}
@c(rayc_hook_load_in_s5SIMD2VySdG)
public func load_in_s5SIMD2VySdG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(SIMD2<Double>.self, value, site)
}
@c(rayc_hook_load_in_s5SIMD4VySdG)
public func load_in_s5SIMD4VySdG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(SIMD4<Double>.self, value, site)
}
@c(rayc_hook_load_in_s5SIMD2Vys5Int64VG)
public func load_in_s5SIMD2Vys5Int64VG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(SIMD2<Int64>.self, value, site)
}
@c(rayc_hook_load_in_s5SIMD4Vys5Int64VG)
public func load_in_s5SIMD4Vys5Int64VG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(SIMD4<Int64>.self, value, site)
}
@c(rayc_hook_load_in_s5SIMD4VySfG)
public func load_in_s5SIMD4VySfG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(SIMD4<Float>.self, value, site)
}
@c(rayc_hook_load_in_s5SIMD8VySfG)
public func load_in_s5SIMD8VySfG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(SIMD8<Float>.self, value, site)
}
@c(rayc_hook_load_in_s5SIMD4Vys5Int32VG)
public func load_in_s5SIMD4Vys5Int32VG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(SIMD4<Int32>.self, value, site)
}
@c(rayc_hook_load_in_s5SIMD8Vys5Int32VG)
public func load_in_s5SIMD8Vys5Int32VG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(SIMD8<Int32>.self, value, site)
}
@c(rayc_hook_load_in_s6SIMD16Vys4Int8VG)
public func load_in_s6SIMD16Vys4Int8VG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(SIMD16<Int8>.self, value, site)
}

// Frequent Swift types that no machine-level type is.
@c(rayc_hook_result_in_Si)
public func result_in_Si(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(Int.self, value, site)
}
@c(rayc_hook_load_in_Si)
public func load_in_Si(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(Int.self, value, site)
}
@c(rayc_hook_result_in_Su)
public func result_in_Su(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(UInt.self, value, site)
}
@c(rayc_hook_load_in_Su)
public func load_in_Su(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(UInt.self, value, site)
}
@c(rayc_hook_result_in_s5UInt8V)
public func result_in_s5UInt8V(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(UInt8.self, value, site)
}
@c(rayc_hook_load_in_s5UInt8V)
public func load_in_s5UInt8V(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(UInt8.self, value, site)
}
@c(rayc_hook_result_in_s6UInt16V)
public func result_in_s6UInt16V(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(UInt16.self, value, site)
}
@c(rayc_hook_load_in_s6UInt16V)
public func load_in_s6UInt16V(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(UInt16.self, value, site)
}
@c(rayc_hook_result_in_s6UInt32V)
public func result_in_s6UInt32V(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(UInt32.self, value, site)
}
@c(rayc_hook_load_in_s6UInt32V)
public func load_in_s6UInt32V(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(UInt32.self, value, site)
}
@c(rayc_hook_result_in_s6UInt64V)
public func result_in_s6UInt64V(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(UInt64.self, value, site)
}
@c(rayc_hook_load_in_s6UInt64V)
public func load_in_s6UInt64V(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(UInt64.self, value, site)
}
@c(rayc_hook_result_in_SS)
public func result_in_SS(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(String.self, value, site)
}
@c(rayc_hook_load_in_SS)
public func load_in_SS(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(String.self, value, site)
}
@c(rayc_hook_result_in_SaySiG)
public func result_in_SaySiG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result([Int].self, value, site)
}
@c(rayc_hook_load_in_SaySiG)
public func load_in_SaySiG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load([Int].self, value, site)
}
@c(rayc_hook_result_in_SaySdG)
public func result_in_SaySdG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result([Double].self, value, site)
}
@c(rayc_hook_load_in_SaySdG)
public func load_in_SaySdG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load([Double].self, value, site)
}
@c(rayc_hook_result_in_SaySSG)
public func result_in_SaySSG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result([String].self, value, site)
}
@c(rayc_hook_load_in_SaySSG)
public func load_in_SaySSG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load([String].self, value, site)
}
@c(rayc_hook_result_in_SiSg)
public func result_in_SiSg(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(Int?.self, value, site)
}
@c(rayc_hook_load_in_SiSg)
public func load_in_SiSg(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(Int?.self, value, site)
}
@c(rayc_hook_result_in_SdSg)
public func result_in_SdSg(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(Double?.self, value, site)
}
@c(rayc_hook_load_in_SdSg)
public func load_in_SdSg(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(Double?.self, value, site)
}
@c(rayc_hook_result_in_SSSg)
public func result_in_SSSg(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(String?.self, value, site)
}
@c(rayc_hook_load_in_SSSg)
public func load_in_SSSg(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(String?.self, value, site)
}
@c(rayc_hook_result_in_SJ)
public func result_in_SJ(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(Character.self, value, site)
}
@c(rayc_hook_load_in_SJ)
public func load_in_SJ(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(Character.self, value, site)
}
@c(rayc_hook_result_in_Ss)
public func result_in_Ss(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(Substring.self, value, site)
}
@c(rayc_hook_load_in_Ss)
public func load_in_Ss(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(Substring.self, value, site)
}
@c(rayc_hook_result_in_SV)
public func result_in_SV(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(UnsafeRawPointer.self, value, site)
}
@c(rayc_hook_load_in_SV)
public func load_in_SV(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(UnsafeRawPointer.self, value, site)
}
@c(rayc_hook_result_in_Sv)
public func result_in_Sv(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(UnsafeMutableRawPointer.self, value, site)
}
@c(rayc_hook_load_in_Sv)
public func load_in_Sv(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(UnsafeMutableRawPointer.self, value, site)
}
@c(rayc_hook_result_in_Si_Sit)
public func result_in_Si_Sit(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result((Int, Int).self, value, site)
}
@c(rayc_hook_load_in_Si_Sit)
public func load_in_Si_Sit(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load((Int, Int).self, value, site)
}
@c(rayc_hook_result_in_Si_Sbt)
public func result_in_Si_Sbt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result((Int, Bool).self, value, site)
}
@c(rayc_hook_load_in_Si_Sbt)
public func load_in_Si_Sbt(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load((Int, Bool).self, value, site)
}
@c(rayc_hook_result_in_SnySiG)
public func result_in_SnySiG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.result(Range<Int>.self, value, site)
}
@c(rayc_hook_load_in_SnySiG)
public func load_in_SnySiG(_ state: _Value, _ value: _Value, _ site: _Record) {
  state.load(Range<Int>.self, value, site)
}

// The runtime's operations --------------------------------------------------------------

@c(rayc_hook_runtime) public func runtime(
  _ state: UnsafeMutableRawPointer, _ kind: UInt8, _ address: UnsafeRawPointer?, _ size: Int,
  _ site: UnsafeRawPointer
) {
  let operation = RuntimeOperation(_kind: kind, address: address, size: size)
  state.context.pointee.runtime(operation, at: Site(_record: site))
}

// Functions -------------------------------------------------------------------------------

@c(rayc_hook_didEnter) public func didEnter(
  _ state: UnsafeMutableRawPointer, _ site: UnsafeRawPointer
) {
  state.context.pointee.didEnter(Site(_record: site))
}
@c(rayc_hook_willLeave) public func willLeave(
  _ state: UnsafeMutableRawPointer, _ site: UnsafeRawPointer
) {
  state.context.pointee.willLeave(Site(_record: site))
}

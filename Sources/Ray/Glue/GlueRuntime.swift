// The runtime's operations --------------------------------------------------------------

@c(rayc_hook_runtime) public func runtime(
  _ state: UnsafeMutableRawPointer, _ kind: UInt8, _ address: UnsafeRawPointer?, _ size: Int,
  _ site: UnsafeRawPointer
) {
  let operation = RuntimeOperation(_kind: kind, address: address, size: size)
  state.context.pointee.runtime(operation, at: Site(_record: site))
}

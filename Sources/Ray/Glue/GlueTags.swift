// Tags ------------------------------------------------------------------------------------

// What a context that tags nothing does in each hook: what the pass takes for absent. Swift chooses
// the extension below by the context's type, when this is compiled.
extension RayContext {
  @inline(__always)
  fileprivate mutating func operationTag(_ operation: TagOperation) -> UInt64 {
    _tagsNothing()
    return 0
  }
  @inline(__always)
  fileprivate static var wantsAllTags: Bool { false }
  @inline(__always)
  fileprivate mutating func resultTag(_ value: TaggedValue, _ site: Site) -> UInt64 {
    _tagsNothing()
    return 0
  }
  @inline(__always)
  fileprivate mutating func loadTag(
    _ value: TaggedValue, _ address: UnsafeRawPointer, _ site: Site
  ) -> UInt64 {
    _tagsNothing()
    return 0
  }
  @inline(__always)
  fileprivate mutating func parameterTag(_ value: TaggedValue, _ index: Int, _ site: Site) -> UInt64
  {
    _tagsNothing()
    return 0
  }
  @inline(__always)
  fileprivate mutating func returned(_ value: TaggedValue, _ index: Int, _ site: Site) {
    _tagsNothing()
  }
  @inline(__always)
  fileprivate mutating func passed(_ value: TaggedValue, _ index: Int, _ site: Site) {
    _tagsNothing()
  }
  @inline(__always)
  fileprivate mutating func branched(_ condition: TaggedValue, _ site: Site) { _tagsNothing() }
  @inline(__always)
  fileprivate mutating func primitiveTag(_ call: TaggedCall) -> UInt64 {
    _tagsNothing()
    return 0
  }
}

extension TaggingContext {
  @inline(__always)
  fileprivate mutating func operationTag(_ operation: TagOperation) -> UInt64 {
    tag(of: operation).rawValue
  }
  @inline(__always)
  fileprivate static var wantsAllTags: Bool { tagsAllOperations }
  @inline(__always)
  fileprivate mutating func resultTag(_ value: TaggedValue, _ site: Site) -> UInt64 {
    tag(ofResult: value, at: site).rawValue
  }
  @inline(__always)
  fileprivate mutating func loadTag(
    _ value: TaggedValue, _ address: UnsafeRawPointer, _ site: Site
  ) -> UInt64 {
    tag(ofLoad: value, from: address, at: site).rawValue
  }
  @inline(__always)
  fileprivate mutating func parameterTag(_ value: TaggedValue, _ index: Int, _ site: Site) -> UInt64
  {
    tag(ofParameter: value, index, of: site).rawValue
  }
  @inline(__always)
  fileprivate mutating func returned(_ value: TaggedValue, _ index: Int, _ site: Site) {
    willReturn(value, index, from: site)
  }
  @inline(__always)
  fileprivate mutating func passed(_ value: TaggedValue, _ index: Int, _ site: Site) {
    argument(value, index, at: site)
  }
  @inline(__always)
  fileprivate mutating func branched(_ condition: TaggedValue, _ site: Site) {
    branch(condition, at: site)
  }
  @inline(__always)
  fileprivate mutating func primitiveTag(_ call: TaggedCall) -> UInt64 {
    tag(ofPrimitive: call).rawValue
  }
}

@c(rayc_hook_tag_operation) public func tag_operation(
  _ state: UnsafeMutableRawPointer, _ code: UInt32, _ result: UInt64, _ a: UInt64, _ aTag: UInt64,
  _ b: UInt64, _ bTag: UInt64, _ c: UInt64, _ cTag: UInt64, _ site: UnsafeRawPointer
) -> UInt64 {
  state.context.pointee.operationTag(
    TagOperation(
      _code: code, result: result, a: a, aTag: aTag, b: b, bTag: bTag, c: c, cTag: cTag,
      site: Site(_record: site)))
}
@c(rayc_hook_tag_wants_all) public func tag_wants_all(
  _ state: UnsafeMutableRawPointer, _ site: UnsafeRawPointer
) -> Bool {
  Context.wantsAllTags
}
@c(rayc_hook_tag_result) public func tag_result(
  _ state: UnsafeMutableRawPointer, _ bits: UInt64, _ tag: UInt64, _ type: UInt32,
  _ site: UnsafeRawPointer
) -> UInt64 {
  state.context.pointee.resultTag(
    TaggedValue(_bits: bits, tag: tag, type: type), Site(_record: site))
}
@c(rayc_hook_tag_load) public func tag_load(
  _ state: UnsafeMutableRawPointer, _ bits: UInt64, _ tag: UInt64, _ address: UnsafeRawPointer,
  _ type: UInt32, _ site: UnsafeRawPointer
) -> UInt64 {
  state.context.pointee.loadTag(
    TaggedValue(_bits: bits, tag: tag, type: type), address, Site(_record: site))
}
@c(rayc_hook_tag_parameter) public func tag_parameter(
  _ state: UnsafeMutableRawPointer, _ index: UInt32, _ bits: UInt64, _ tag: UInt64, _ type: UInt32,
  _ site: UnsafeRawPointer
) -> UInt64 {
  state.context.pointee.parameterTag(
    TaggedValue(_bits: bits, tag: tag, type: type), Int(index), Site(_record: site))
}
@c(rayc_hook_tag_return) public func tag_return(
  _ state: UnsafeMutableRawPointer, _ index: UInt32, _ bits: UInt64, _ tag: UInt64, _ type: UInt32,
  _ site: UnsafeRawPointer
) {
  state.context.pointee.returned(
    TaggedValue(_bits: bits, tag: tag, type: type), Int(index), Site(_record: site))
}
@c(rayc_hook_tag_argument) public func tag_argument(
  _ state: UnsafeMutableRawPointer, _ index: UInt32, _ bits: UInt64, _ tag: UInt64, _ type: UInt32,
  _ site: UnsafeRawPointer
) {
  state.context.pointee.passed(
    TaggedValue(_bits: bits, tag: tag, type: type), Int(index), Site(_record: site))
}
@c(rayc_hook_tag_branch) public func tag_branch(
  _ state: UnsafeMutableRawPointer, _ condition: UInt64, _ tag: UInt64, _ type: UInt32,
  _ site: UnsafeRawPointer
) {
  state.context.pointee.branched(
    TaggedValue(_bits: condition, tag: tag, type: type), Site(_record: site))
}
@c(rayc_hook_tag_primitive) public func tag_primitive(
  _ state: UnsafeMutableRawPointer, _ count: UInt32, _ bits: UnsafePointer<UInt64>?,
  _ tags: UnsafePointer<UInt64>?, _ types: UnsafePointer<UInt32>?, _ result: UInt64,
  _ resultType: UInt32, _ site: UnsafeRawPointer
) -> UInt64 {
  let result = TaggedValue(_bits: result, tag: 0, type: resultType)
  return state.context.pointee.primitiveTag(
    TaggedCall(
      _count: count, bits: bits, tags: tags, types: types, result: result,
      site: Site(_record: site)))
}

internal import CLLVM

extension Operation {
  /// A call of a function, by its calling convention.
  public static func call(_ function: Function, _ arguments: [Value]) -> Operation {
    check(function.value, function.functionType, arguments)
    return Operation("call", [function.value] + arguments) { builder, _ in
      let call = build(builder, function.functionType, function.value, arguments, bundles: [])
      LLVMSetInstructionCallConv(call, LLVMGetFunctionCallConv(function.live))
      // Where the arguments go is a matter of their attributes: swiftself, swifterror, sret.
      for index in 0...UInt32(arguments.count) {
        for attribute in attributes(of: function, at: index) {
          LLVMAddCallSiteAttribute(call, index, attribute)
        }
      }
      return call
    }
  }

  /// IRTools' `xcall`: a call of `callee` with these arguments, in all else like another call:
  /// convention, attributes, operand bundles, metadata.
  public static func xcall(
    _ callee: Value, _ arguments: [Value], like other: Instruction
  ) -> Operation {
    guard other.isCall else { Misuse.end("'\(other)' is no call that another could be like") }
    let type = LLVMGetCalledFunctionType(other.live)!
    if let function = callee.function, function.functionType != type {
      Misuse.end(
        "'\(function.name)' has type '\(IRType(pointer: function.functionType))', and "
          + "'\(other)' calls a '\(IRType(pointer: type))'")
    }
    check(callee, type, arguments)
    return Operation("call", [callee] + arguments) { builder, store in
      let old = other.live
      let bundles = (0..<LLVMGetNumOperandBundles(old)).map {
        LLVMGetOperandBundleAtIndex(old, $0)
      }
      defer { for bundle in bundles { LLVMDisposeOperandBundle(bundle) } }
      let call = build(builder, type, callee, arguments, bundles: bundles)
      LLVMSetInstructionCallConv(call, LLVMGetInstructionCallConv(old))
      LLVMSetTailCallKind(call, LLVMGetTailCallKind(old))
      copyAttributes(from: old, to: call, arguments.count)
      copyMetadata(from: old, to: call)
      if LLVMCanValueUseFastMathFlags(old) != 0, LLVMCanValueUseFastMathFlags(call) != 0 {
        LLVMSetFastMathFlags(call, LLVMGetFastMathFlags(old))
      }
      return call
    }
  }

  private static func check(_ callee: Value, _ type: OpaquePointer, _ arguments: [Value]) {
    let count = Int(LLVMCountParamTypes(type))
    let name = callee.function?.name ?? "\(callee.type)"
    let isVariadic = LLVMIsFunctionVarArg(type) != 0
    if arguments.count < count || arguments.count > count && !isVariadic {
      Misuse.end("'\(name)' takes \(count) arguments, not \(arguments.count)")
    }
    var types = [OpaquePointer?](repeating: nil, count: count)
    LLVMGetParamTypes(type, &types)
    for (index, parameter) in types.enumerated() where arguments[index].type.pointer != parameter {
      Misuse.end(
        "argument \(index) of '\(name)' has type '\(IRType(pointer: parameter!))', "
          + "not '\(arguments[index].type)'")
    }
  }

  private static func build(
    _ builder: OpaquePointer, _ type: OpaquePointer, _ callee: Value, _ arguments: [Value],
    bundles: [OpaquePointer?]
  ) -> OpaquePointer {
    var values: [OpaquePointer?] = arguments.map(\.live)
    var bundles = bundles
    return LLVMBuildCallWithOperandBundles(
      builder, type, callee.live, &values, UInt32(values.count), &bundles,
      UInt32(bundles.count), "")
  }

  private static func attributes(of function: Function, at index: UInt32) -> [OpaquePointer?] {
    let count = LLVMGetAttributeCountAtIndex(function.live, index)
    var attributes = [OpaquePointer?](repeating: nil, count: Int(count))
    LLVMGetAttributesAtIndex(function.live, index, &attributes)
    return attributes
  }

  private static func copyAttributes(
    from old: OpaquePointer, to call: OpaquePointer, _ arguments: Int
  ) {
    // The function's own have the number of all ones.
    for index in Array(0...UInt32(arguments)) + [UInt32.max] {
      let count = LLVMGetCallSiteAttributeCount(old, index)
      var attributes = [OpaquePointer?](repeating: nil, count: Int(count))
      LLVMGetCallSiteAttributes(old, index, &attributes)
      for attribute in attributes { LLVMAddCallSiteAttribute(call, index, attribute) }
    }
  }

  private static func copyMetadata(from old: OpaquePointer, to call: OpaquePointer) {
    var count = 0
    guard let entries = LLVMInstructionGetAllMetadataOtherThanDebugLoc(old, &count) else { return }
    defer { LLVMDisposeValueMetadataEntries(entries) }
    let context = LLVMGetTypeContext(LLVMTypeOf(old))
    for index in 0..<UInt32(count) {
      let node = LLVMValueMetadataEntriesGetMetadata(entries, index)
      LLVMSetMetadata(
        call, LLVMValueMetadataEntriesGetKind(entries, index),
        LLVMMetadataAsValue(context, node))
    }
  }
}

internal import CLLVM

extension Function {
  /// IRTools' `recurse!`: what this function calls by name and what has a body here is called in a
  /// copy of its own, which the same dynamo transforms in turn. The callee itself stays as it is
  /// for all other callers.
  ///
  ///     call void @work()
  ///
  /// becomes
  ///
  ///     call void @work.dynamo()
  ///
  /// What a primitive calls back, and what is called through a value, is not followed. Functions
  /// that the dynamo begins at are transformed in place and are not copied.
  public func recurse() {
    for instruction in instructions where instruction.isCall {
      guard let callee = instruction.callee?.function, let copy = transformed(callee),
        copy != callee
      else { continue }
      instruction.replace(with: .xcall(copy.value, instruction.arguments, like: instruction))
    }
  }

  /// What the running dynamo makes of a function that this one calls: the same for all calls.
  ///
  /// - Returns: a copy that will be transformed; the function itself if the dynamo begins at it;
  ///   nil for a primitive, which has no body here.
  public func transformed(_ callee: Function) -> Function? {
    store.checkSame(callee.store)
    let original = callee.live
    if store.transformed.contains(original) { return callee }
    if let known = store.copies[original] { return Function(Value(known, store)) }
    // A copy calls copies; itself as well.
    if store.copies.values.contains(original) { return callee }
    // Parts of an async function are found through tables.
    guard !callee.isDeclaration, LLVMGetLinkage(original) != LLVMAvailableExternallyLinkage,
      LLVMGetFunctionCallConv(original) != Self.swiftTail
    else { return nil }
    let copy = rayir_clone(original, callee.name + ".dynamo")!
    store.copies[original] = copy
    store.waiting.append(copy)
    return Function(Value(copy, store))
  }

  /// LLVM's number for `swifttailcc`.
  private static let swiftTail: UInt32 = 20
}

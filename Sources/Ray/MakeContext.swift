// Stage 5: how a context comes to life in a program.
public import CRay

/// Makes a context's value in place. Inlined into the glue, so that the pass sees what a
/// value starts with.
@inlinable @inline(__always)
public func _makeContext<Context: RayContext>(_: Context.Type, at value: UnsafeMutableRawPointer) {
  if rayc_argument_count() > 0 { _contextTakesNoArguments() }
  value.initializeMemory(as: Context.self, to: Context())
}

/// Makes a context's value in place from the arguments that rayc was given for it.
@inlinable
public func _makeContext<Context: ConfigurableContext>(
  _: Context.Type, at value: UnsafeMutableRawPointer
) {
  do {
    value.initializeMemory(as: Context.self, to: try Context(arguments: _contextArguments()))
  } catch {
    _contextFailed(error)
  }
}

/// Makes a context's value in place where the program is to go on without it if that fails.
@inlinable
public func _tryContext<Context: RayContext>(
  _: Context.Type, at value: UnsafeMutableRawPointer
) throws {
  if rayc_argument_count() > 0 { throw _unexpectedArguments() }
  value.initializeMemory(as: Context.self, to: Context())
}

/// The same with the arguments that rayc was given for it.
@inlinable
public func _tryContext<Context: ConfigurableContext>(
  _: Context.Type, at value: UnsafeMutableRawPointer
) throws {
  value.initializeMemory(as: Context.self, to: try Context(arguments: _contextArguments()))
}

/// The arguments behind the context's name.
public func _contextArguments() -> [String] {
  var arguments: [String] = []
  var next = rayc_arguments()!
  for _ in 0..<rayc_argument_count() {
    arguments.append(String(cString: next))
    next += arguments.last!.utf8.count + 1
  }
  return arguments
}

/// Ends the process because a context could not be made.
public func _contextFailed(_ error: any Error) -> Never {
  rayc_context_failed("\(error)")
}

/// Ends the process because a context was given arguments that it does not take.
public func _contextTakesNoArguments() -> Never {
  _contextFailed(_unexpectedArguments())
}

public func _unexpectedArguments() -> any Error {
  UnexpectedArguments(arguments: _contextArguments())
}

/// The error for arguments that a context does not take.
struct UnexpectedArguments: Error, CustomStringConvertible {
  let arguments: [String]
  var description: String {
    "it takes no arguments (conform to ConfigurableContext to take them), but was given: "
      + arguments.joined(separator: " ")
  }
}

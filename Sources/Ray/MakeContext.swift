// Stage 5: how a context comes to life in a program.
import CRay

/// Makes a context's value, with the arguments that rayc was given for it.
///
/// - Throws: What a ``ConfigurableContext`` says of its arguments, or that the context takes
///   none.
public func _makeContext<Context: RayContext>(_: Context.Type) throws -> Context {
  var arguments: [String] = []
  var next = rayc_arguments()!
  for _ in 0..<rayc_argument_count() {
    arguments.append(String(cString: next))
    next += arguments.last!.utf8.count + 1
  }
  if let configurable = Context.self as? any ConfigurableContext.Type {
    return try configurable.init(arguments: arguments) as! Context
  }
  guard arguments.isEmpty else { throw UnexpectedArguments(arguments: arguments) }
  return Context()
}

/// The error for arguments that a context does not take.
struct UnexpectedArguments: Error, CustomStringConvertible {
  let arguments: [String]
  var description: String {
    "it takes no arguments (conform to ConfigurableContext to take them), but was given: "
      + arguments.joined(separator: " ")
  }
}

/// Ends the process because a context could not be made.
public func _contextFailed(_ error: any Error) {
  rayc_context_failed("\(error)")
}

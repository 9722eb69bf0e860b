/// A class of events that a context may have a hook for, beside calls and loads.
public enum Point: String, Sendable, CaseIterable {
  case stores, operators, runtime

  /// The requirement of `RayContext` that switches it on, as its declaration begins.
  var declaration: String {
    switch self {
    case .stores: "func store<"
    case .operators: "func operation<"
    case .runtime: "func runtime("
    }
  }

  /// The compilation condition of the built-in context that hands events on.
  var condition: String { "RAYC_" + rawValue.uppercased() }
}

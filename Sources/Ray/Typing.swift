// Stage 5: how the value of a site is typed.

extension Site {
  /// How the value of a result or load is typed.
  ///
  /// With `exact`, `result` and `load` receive the value in its Swift type. With anything else
  /// they receive a machine-level one (`Int64`, `UnsafeRawPointer?`, a tuple of those), or,
  /// where there is none, are not called.
  public enum Typing: UInt8, Sendable, CaseIterable {
    /// The value has its exact Swift type.
    case exact = 0
    /// There is no value: a call that returns nothing.
    case none = 1
    /// The value exists only for the compiler.
    case plumbing = 2
    /// The callee is known only at run time.
    case indirectCall = 3
    /// The callee is no Swift function.
    case foreignCallee = 4
    /// The callee's name does not hold the type.
    case unknownName = 5
    /// A generic parameter is not known.
    case generic = 6
    /// An associated type is not known.
    case associatedType = 7
    /// The type is opaque: `some P`.
    case opaqueType = 8
    /// How the type lies in registers is not known.
    case unknownLayout = 9
    /// Nothing says what lies at the loaded address.
    case unknownAddress = 10
    /// It is a part of a value.
    case part = 11
    /// Generic arguments are not known.
    case unboundGeneric = 12
    /// It is a function, which generic code expects in another form.
    case function = 13
    /// An operator's instruction is the same for several types: `Int` and `Int64`.
    case instruction = 14
    /// The type is not `Copyable` or not `Escapable`.
    case noncopyable = 15
  }
}

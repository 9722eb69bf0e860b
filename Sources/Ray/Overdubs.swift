// Stage 5: what a context writes that replaces functions by name.

/// Marks a type inside a context whose static methods each replace a function of the program.
///
/// A method's name says which function: of the program, of a package or of the standard
/// library. Its signature is that function's own.
///
///     struct MulToAdd: RayContext {
///       enum Replacements: Overdubs {
///         static func `Swift.Int.*`(_ a: Int, _ b: Int) -> Int { a + b }
///       }
///     }
///
/// The compiler checks the method, and the build checks that it fits. Calls become direct calls
/// of it, inlined where it is small. A method that is `private` replaces nothing.
///
/// Parameters that only a replacement has, by their labels:
///
/// | label | is |
/// |---|---|
/// | `context` | first: the running thread's value of the context, `inout` |
/// | `original` | first, or behind `context`: a closure that does what the replaced function does |
/// | `self` | last: the value that a method is called on, `inout` where it is mutating |
///
/// Documentation/Overdubbing.md has the patterns and what cannot be replaced.
public protocol Overdubs {}

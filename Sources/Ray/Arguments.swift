// Stage 5: a call's arguments, decoded only when asked for.
import CRay

/// The arguments of a call, each decoded when asked for.
///
///     mutating func willCall(_ site: Site, _ arguments: Arguments) {
///       print("\(site.shortCallee)\(arguments)")          // draw(_:at:)(circle, at: Point(x: 1, y: 2))
///       if let point = arguments["at"] as? Point { … }
///     }
///
/// One element for each argument that the program has written, in its own Swift type where
/// ``typing(at:)`` is `exact`. Where a callee's signature is not known (C functions, closures),
/// one for each of the machine's arguments, as `Int64`, `Double`, `UnsafeRawPointer?`.
///
/// Valid only inside the hook: what it reads lies in the caller's frame. Where a context never
/// looks at it, the pass gathers nothing.
@frozen
public struct Arguments: RandomAccessCollection {
  @usableFromInline let addresses: UnsafePointer<UnsafeRawPointer?>?
  @usableFromInline let site: Site

  /// Wraps what the pass hands over: the addresses of the values, in order.
  @inlinable @inline(__always)
  public init(_addresses: UnsafeRawPointer?, site: Site) {
    addresses = _addresses?.assumingMemoryBound(to: UnsafeRawPointer?.self)
    self.site = site
  }

  public var startIndex: Int { 0 }

  /// How many arguments there are, without `self`.
  public var endIndex: Int { hasReceiver ? given - 1 : given }

  /// An argument. Cost: a boxed copy, and at the first time a search for its type.
  ///
  /// `()` stands for one that is not passed at all, because the optimiser found that the callee
  /// does without.
  public subscript(position: Int) -> Any {
    precondition(indices.contains(position), "argument \(position) of \(count)")
    return value(position)
  }

  /// The argument with that label; nil: there is none.
  public subscript(label: String) -> Any? {
    indices.first { self.label(at: $0) == label }.map { value($0) }
  }

  /// What a method is called on: `self`; nil for functions, initialisers and static methods.
  public var receiver: Any? { hasReceiver ? value(given - 1) : nil }

  /// An argument's label; nil: it has none.
  public func label(at position: Int) -> String? {
    precondition(indices.contains(position), "argument \(position) of \(count)")
    return string(at: description(position), \.label_offset)
  }

  /// How an argument is typed, or why it has no exact type.
  public func typing(at position: Int) -> Site.Typing {
    precondition(indices.contains(position), "argument \(position) of \(count)")
    return Site.Typing(rawValue: description(position).pointee.typing)!
  }

  /// Whether an argument is `inout`: the program's variable, as it is before the call.
  public func isInout(at position: Int) -> Bool {
    precondition(indices.contains(position), "argument \(position) of \(count)")
    return description(position).pointee.flags & UInt8(RAY_ARGUMENT_IS_INOUT) != 0
  }
}

extension Arguments {
  private var table: UnsafeRawPointer? { addresses == nil ? nil : site.argumentTable }

  /// How many addresses there are.
  private var given: Int {
    table.map { Int($0.assumingMemoryBound(to: ray_arguments.self).pointee.count) } ?? 0
  }

  private var hasReceiver: Bool {
    let given = given
    return given > 0
      && description(given - 1).pointee.flags & UInt8(RAY_ARGUMENT_IS_RECEIVER) != 0
  }

  private func description(_ position: Int) -> UnsafePointer<ray_argument> {
    (table! + MemoryLayout<ray_arguments>.size)
      .assumingMemoryBound(to: ray_argument.self) + position
  }

  private func value(_ position: Int) -> Any {
    guard let address = addresses![position] else { return () }
    guard let type = type(position) else {
      // A type that generic code cannot receive, or that this process does not have.
      return UnsafeRawPointer(address)
    }
    func load<T>(_: T.Type) -> Any { address.assumingMemoryBound(to: T.self).pointee }
    return _openExistential(type, do: load)
  }

  private func type(_ position: Int) -> Any.Type? {
    let argument = UnsafeRawPointer(description(position))
    let offset = argument + MemoryLayout<ray_argument>.offset(of: \.type_offset)!
    let distance = Int(offset.load(as: Int32.self))
    if distance != 0 { return _type(at: UnsafeMutableRawPointer(mutating: offset + distance)) }
    // Neither: a machine's type that Swift has none for, such as a vector of bits.
    guard description(position).pointee.flags & UInt8(RAY_ARGUMENT_IS_DYNAMIC) != 0 else {
      return nil
    }
    return addresses![given + position].flatMap {
      _type(at: UnsafeMutableRawPointer(mutating: $0))
    }
  }
}

extension Arguments: CustomStringConvertible {
  /// `(3, label: "a")`.
  public var description: String {
    let texts = indices.map { position in
      let label = label(at: position).map { "\($0): " } ?? ""
      if addresses![position] == nil { return label + "_" }
      if typing(at: position) == .function { return label + "(function)" }
      return label + String(reflecting: value(position))
    }
    return "(" + texts.joined(separator: ", ") + ")"
  }
}

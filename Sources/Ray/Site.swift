// Stage 5: a static program point, as a context sees it.
public import CRay

/// A static program point: a call, a load, or what else a context has hooks for.
///
/// One word: the address of a record in the program's site table. Names are demangled
/// when asked for and kept, so asking twice is cheap.
@frozen
public struct Site: Hashable, @unchecked Sendable {
  @usableFromInline let record: UnsafePointer<ray_site>

  /// Wraps a record that the pass emitted.
  @inlinable @inline(__always)
  public init(_record: UnsafeRawPointer) {
    record = _record.assumingMemoryBound(to: ray_site.self)
  }

  /// What happens at a site.
  public enum Kind: UInt8, Sendable, CaseIterable {
    /// A call of a function.
    case call = 0
    /// A call of the Swift runtime: retain, release, allocation, casts, exclusivity.
    case runtimeCall = 1
    /// A load from memory.
    case load = 2
    /// A store to memory.
    case store = 3
    /// An operator that is an instruction: arithmetic, a comparison, a conversion.
    case operation = 4
    /// An operation of the Swift runtime: see ``RuntimeOperation``.
    case runtime = 5
    /// A function: its beginning and its ends.
    case function = 6
  }

  /// A hash of module, function, kind, callee and ordinal: stable across rebuilds.
  @inlinable public var id: UInt64 { record.pointee.id }

  /// What happens here.
  @inlinable public var kind: Kind { Kind(rawValue: record.pointee.kind & 15)! }

  /// How the value of a result or load is typed, or why it has no exact type.
  @inlinable public var typing: Typing { Typing(rawValue: record.pointee.kind >> 4)! }

  /// Whether the value exists only for the compiler: a metadata pointer, a table, a part of a
  /// value that follows. A context sees it as a machine-level value and cannot change it.
  @inlinable public var isPlumbing: Bool { record.pointee.kind >> 4 == Typing.plumbing.rawValue }

  /// A number from 0, dense and unique in this process. Cost: a subtraction.
  @inlinable public var index: Int { rayc_site_index(record) }

  /// How many sites the images loaded so far have; every `index` is below it.
  public static var count: Int { rayc_site_count() }

  /// The site with that index. Cost: a search over images.
  public init?(index: Int) {
    guard index >= 0, let record = rayc_site_at(index) else { return nil }
    self.record = record
  }

  /// Ends the events of this site for good: from now on no hook is called here, on any thread.
  ///
  /// For contexts that want to know something once, such as which lines run. Only a build
  /// context's (`-W`) own code can call it; where the context does nowhere, a site costs
  /// nothing more, else each event a load and a branch, also once it is disabled. A call
  /// that is disabled by `willCall` has no `result` and `didCall` any more.
  @inlinable @inline(__always)
  public func disable() { rayc_site_disable(record) }

  /// The enclosing function, demangled.
  public var function: String { Demangler.demangled(functionMangled) }

  /// The enclosing function, shortened: `main.area(width:_:)`.
  public var shortFunction: String { Demangler.shortened(functionMangled) }

  /// The enclosing function's symbol.
  public var functionMangled: String { string(at: \.function_offset)! }

  /// The callee, demangled; empty for a load or store, `<indirect>` where it is only known at run
  /// time.
  public var callee: String {
    if kind == .load || kind == .store { return "" }
    let mangled = calleeMangled
    return mangled.isEmpty ? "<indirect>" : Demangler.demangled(mangled)
  }

  /// The callee, shortened: `Array.append(_:)`.
  public var shortCallee: String {
    let mangled = calleeMangled
    return mangled.isEmpty ? callee : Demangler.shortened(mangled)
  }

  /// The callee's symbol; empty for a load, a store or an indirect call.
  public var calleeMangled: String { string(at: \.callee_offset) ?? "" }

  /// The source file as the debug information has it; `<compiler-generated>` for code that
  /// has no line.
  public var file: String { string(at: \.file_offset) ?? "<compiler-generated>" }

  /// The line, 1-based; 0 for code that has none.
  @inlinable public var line: Int { Int(record.pointee.line) }

  /// The column, 1-based; 0 for code that has none.
  @inlinable public var column: Int { Int(record.pointee.column) }

  /// `file:line:column`, with the file's last path component.
  public var location: String {
    guard line > 0 else { return file }
    let name = file.utf8.lastIndex(of: UInt8(ascii: "/")).map { file[file.index(after: $0)...] }
    return "\(name ?? file[...]):\(line):\(column)"
  }

  /// The module that was compiled: of a specialisation, the one that it was made for.
  public var module: String { string(at: \.module_offset) ?? "" }

  /// The name of the loaded or stored variable, where debug information has it.
  public var variable: String? { string(at: \.variable_offset) }

  /// The type of the result or of the loaded or stored value; nil for none, or for one that this process
  /// does not know.
  public var valueType: Any.Type? {
    string(at: \.value_type_offset).flatMap { TypeNames.type(named: $0) }
  }

  /// What the pass knows of the arguments: a `ray_arguments`.
  var argumentTable: UnsafeRawPointer? {
    let field = UnsafeRawPointer(record) + MemoryLayout<ray_site>.offset(of: \.arguments_offset)!
    let distance = Int(field.load(as: Int32.self))
    return distance == 0 ? nil : field + distance
  }

  private func string(at field: KeyPath<ray_site, Int32> & Sendable) -> String? {
    Ray.string(at: record, field)
  }
}

/// The string that a field of a record refers to.
func string<Record>(
  at record: UnsafePointer<Record>, _ field: KeyPath<Record, Int32> & Sendable
) -> String? {
  let address = UnsafeRawPointer(record) + MemoryLayout<Record>.offset(of: field)!
  return ray_string(address.assumingMemoryBound(to: Int32.self)).map { String(cString: $0) }
}

extension Site: CustomStringConvertible {
  /// `kind callee at location`.
  public var description: String {
    switch kind {
    case .load, .store: "\(kind) \(variable ?? "a value") at \(location)"
    case .operation, .runtime: "\(kind) \(shortCallee) at \(location)"
    case .function: "function \(shortFunction) at \(location)"
    case .call, .runtimeCall: "call \(shortCallee) at \(location)"
    }
  }
}

// Data-flow graphs: where the numbers lie in a Swift value.
@_spi(Reflection) import Swift

/// The numbers in a value, and the arrays.
struct ValueLayout {
  struct Leaf {
    var name: String
    var type: ScalarType
    var swiftType: String
    var path: [Int]
    /// Where it lies now.
    var address: UnsafeRawPointer
  }

  private(set) var leaves: [Leaf] = []
  private(set) var arrays: [Graph.ArrayShape] = []
  let parameter: Graph.Parameter

  /// Takes a value apart.
  ///
  /// - Parameters:
  ///   - name: what the value is called: `xs`.
  ///   - address: where it lies; must stay as it is while the addresses are used.
  /// - Throws: `GraphError.unsupportedType`.
  init(of type: Any.Type, named name: String, at address: UnsafeRawPointer) throws(GraphError) {
    func measure<T>(_: T.Type) -> (Int, Int) { (MemoryLayout<T>.size, MemoryLayout<T>.alignment) }
    let (size, alignment) = _openExistential(type, do: measure)
    parameter = Graph.Parameter(
      name: name, type: swiftTypeName(type), size: size, alignment: alignment)
    try add(type, name, address, [], 0)
  }

  /// The parameter with its arrays.
  var described: Graph.Parameter {
    var parameter = parameter
    parameter.arrays = arrays
    return parameter
  }

  private mutating func add(
    _ type: Any.Type, _ name: String, _ address: UnsafeRawPointer, _ path: [Int], _ offset: Int
  ) throws(GraphError) {
    if let scalar = ScalarType(swiftType: type) {
      leaves.append(
        Leaf(
          name: name, type: scalar, swiftType: swiftTypeName(type), path: path + [offset],
          address: address))
    } else if let array = type as? any ArrayLayout.Type {
      let count = array.count(at: address)
      let element = array.element
      arrays.append(
        Graph.ArrayShape(
          name: name, path: path + [offset], count: count, element: swiftTypeName(element)))
      let storage = address.load(as: UnsafeRawPointer.self)
      for index in 0..<count {
        // A Swift array's elements begin 32 bytes behind its object's address.
        let distance = 32 + index * array.elementStride
        try add(element, "\(name)[\(index)]", storage + distance, path + [offset], distance)
      }
    } else {
      try addFields(type, name, address, path, offset)
    }
  }

  private mutating func addFields(
    _ type: Any.Type, _ name: String, _ address: UnsafeRawPointer, _ path: [Int], _ offset: Int
  ) throws(GraphError) {
    var fields: [(String, Int, Any.Type)] = []
    let isComplete =
      Self.isStructOrTuple(type)
      && _forEachField(of: type) { field, distance, type, _ in
        // An element of a tuple without a label is called `.0`.
        let label = String(cString: field)
        fields.append((label.hasPrefix(".") ? String(label.dropFirst()) : label, distance, type))
        return true
      }
    func size<T>(_: T.Type) -> Int { MemoryLayout<T>.size }
    guard isComplete, !fields.isEmpty || _openExistential(type, do: size) == 0 else {
      throw .unsupportedType(name: name, type: swiftTypeName(type))
    }
    for (label, distance, field) in fields {
      do {
        try add(field, "\(name).\(label)", address + distance, path, offset + distance)
      } catch  where String(reflecting: type).hasPrefix("Swift.") {
        // What a String is made of is nobody's business.
        throw .unsupportedType(name: name, type: swiftTypeName(type))
      }
    }
  }

  /// By the kind in the metadata: 0x200 is a struct, 0x301 a tuple.
  private static func isStructOrTuple(_ type: Any.Type) -> Bool {
    let kind = unsafeBitCast(type, to: UnsafePointer<Int>.self).pointee
    return kind == 0x200 || kind == 0x301
  }
}

/// How arrays lie in memory.
protocol ArrayLayout {
  static var element: Any.Type { get }
  static var elementStride: Int { get }
  static func count(at address: UnsafeRawPointer) -> Int
  /// Puts a new array of zeros at an address.
  static func initialize(at address: UnsafeMutableRawPointer, count: Int)
}

extension Array: ArrayLayout {
  static var element: Any.Type { Element.self }
  static var elementStride: Int { MemoryLayout<Element>.stride }
  static func count(at address: UnsafeRawPointer) -> Int { address.load(as: Self.self).count }

  static func initialize(at address: UnsafeMutableRawPointer, count: Int) {
    let array = Self(unsafeUninitializedCapacity: count) { buffer, initialized in
      // Elements are numbers, or structs of them.
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      for index in bytes.indices { bytes[index] = 0 }
      initialized = count
    }
    address.initializeMemory(as: Self.self, to: array)
  }
}

extension ScalarType {
  /// The machine's type of a Swift number; nil for other types.
  init?(swiftType: Any.Type) {
    switch ObjectIdentifier(swiftType) {
    case ObjectIdentifier(Double.self): self = .double
    case ObjectIdentifier(Float.self): self = .float
    case ObjectIdentifier(Bool.self): self = .bool
    case ObjectIdentifier(Int.self), ObjectIdentifier(Int64.self), ObjectIdentifier(UInt.self),
      ObjectIdentifier(UInt64.self):
      self = .int64
    case ObjectIdentifier(Int32.self), ObjectIdentifier(UInt32.self): self = .int32
    case ObjectIdentifier(Int16.self), ObjectIdentifier(UInt16.self): self = .int16
    case ObjectIdentifier(Int8.self), ObjectIdentifier(UInt8.self): self = .int8
    default: return nil
    }
  }
}

extension Scalar {
  /// Reads a number of a Swift value.
  init(_ type: ScalarType, at address: UnsafeRawPointer) {
    switch type.size {
    case 1: self.init(type, bits: UInt64(address.load(as: UInt8.self)))
    case 2: self.init(type, bits: UInt64(address.loadUnaligned(as: UInt16.self)))
    case 4: self.init(type, bits: UInt64(address.loadUnaligned(as: UInt32.self)))
    default: self.init(type, bits: address.loadUnaligned(as: UInt64.self))
    }
  }

  func store(at address: UnsafeMutableRawPointer) {
    switch type.size {
    case 1: address.storeBytes(of: UInt8(bits), as: UInt8.self)
    case 2: address.storeBytes(of: UInt16(bits), as: UInt16.self)
    case 4: address.storeBytes(of: UInt32(bits), as: UInt32.self)
    default: address.storeBytes(of: bits, as: UInt64.self)
    }
  }
}

/// A type as Swift writes it: `[Double]`, `(Double, Int)`, `Point`.
func swiftTypeName(_ type: Any.Type) -> String {
  if let array = type as? any ArrayLayout.Type { return "[\(swiftTypeName(array.element))]" }
  return "\(type)"
}

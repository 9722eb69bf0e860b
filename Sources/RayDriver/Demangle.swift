import Glibc

@_silgen_name("swift_demangle")
private func swiftDemangle(
  _ name: UnsafePointer<UInt8>, _ length: Int, _ output: UnsafeMutablePointer<UInt8>?,
  _ outputLength: UnsafeMutablePointer<Int>?, _ flags: UInt32
) -> UnsafeMutablePointer<CChar>?

/// A name as the source has it; C names and unknown ones stay as they are.
public func demangled(_ name: String) -> String {
  guard name.hasPrefix("$s") || name.hasPrefix("$S") || name.hasPrefix("_$s") else { return name }
  var name = name
  return name.withUTF8 { bytes in
    guard let text = swiftDemangle(bytes.baseAddress!, bytes.count, nil, nil, 0) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    defer { free(text) }
    return String(cString: text)
  }
}

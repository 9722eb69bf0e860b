// For each mangled name of a type on standard input: the Swift type, its size and alignment.
while let name = readLine() {
  guard let type = _typeByName(name) else {
    print("\(name): unknown")
    continue
  }
  func layout<T>(_: T.Type) -> String {
    "\(MemoryLayout<T>.size) bytes, \(MemoryLayout<T>.alignment) aligned"
  }
  print("\(name): \(type), \(_openExistential(type, do: layout))")
}

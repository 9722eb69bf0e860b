// Stage 5: the symbols of functions and callees.
import CRay
import Glibc
import Ray

enum ProfileSymbols {
  static func function(_ index: Int32) -> String {
    Site(index: Int(index))?.functionMangled ?? ""
  }

  /// The symbol of what a node is of: a function with all its parts, or a primitive.
  static func whole(_ function: Int32) -> String {
    if function == -1 { return "" }
    if function < 0 { return Site(index: Int(-2 - function))?.calleeMangled ?? "" }
    let symbol = Self.function(function)
    return resumed(symbol) ?? symbol
  }

  /// The async function that a symbol is a later part of; nil: it is none.
  ///
  ///     $s4main4stepyS2iYaFTY0_   $s4main4stepyS2iYaF
  static func resumed(_ symbol: String) -> String? {
    guard symbol.hasSuffix("_"), symbol.hasPrefix("$s") else { return nil }
    let name = symbol.utf8.dropLast()
    let rest = name.reversed().drop { (48...57).contains($0) }
    guard rest.count >= 2, let kind = rest.first, kind == 81 || kind == 89,
      rest.dropFirst().first == 84
    else { return nil }
    return String(decoding: rest.dropFirst(2).reversed(), as: UTF8.self)
  }

  /// Whether a site calls a function itself, and no primitive that calls it.
  static func calls(_ site: Int32, _ symbol: String) -> Bool {
    let callee = Site(index: Int(site))?.calleeMangled ?? ""
    return callee.isEmpty || callee == symbol || callee == symbol + "Tu"
  }
}

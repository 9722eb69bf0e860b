// Stage 7: the functions of a recording, by number.
import RayTrace

/// How a symbol is shown.
public struct NameStyle: Sendable {
  public var demangled: @Sendable (String) -> String
  /// Of a demangled name.
  public var shortened: @Sendable (String) -> String

  public init(
    demangled: @escaping @Sendable (String) -> String,
    shortened: @escaping @Sendable (String) -> String
  ) {
    (self.demangled, self.shortened) = (demangled, shortened)
  }
}

/// The functions that a recording's sites are in and call.
struct RecordingNames {
  private(set) var functions: [Profile.Function] = []
  /// For each site, the function it is in and the one it calls; -1: known at run time only, or
  /// none.
  private(set) var function: [Int32] = []
  private(set) var callee: [Int32] = []
  private var numbers: [String: Int32] = [:]

  init(_ sites: [RecordedSite], _ style: NameStyle) {
    for site in sites {
      let number = number(of: site.function, style)
      function.append(number)
      functions[Int(number)].isPrimitive = false
      if site.kind == .function {
        functions[Int(number)].file = site.file.isEmpty ? nil : site.file
        functions[Int(number)].line = site.line
      }
      let isCall = site.kind == .call || site.kind == .runtimeCall
      callee.append(isCall && !site.callee.isEmpty ? self.number(of: site.callee, style) : -1)
    }
  }

  mutating func number(of symbol: String, _ style: NameStyle) -> Int32 {
    if let known = numbers[symbol] { return known }
    let name = symbol.isEmpty ? "<indirect>" : style.demangled(symbol)
    let number = Int32(functions.count)
    functions.append(
      Profile.Function(
        symbol: symbol, name: name, shortName: symbol.isEmpty ? name : style.shortened(name),
        isPrimitive: true))
    numbers[symbol] = number
    return number
  }
}

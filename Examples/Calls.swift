import Ray

/// Prints the calls of one module's functions as they are written: `move(3, by: "a")`.
///
///     rayc run -W 'Examples/Calls.swift:Calls Reader' Examples/Reader.swift
struct Calls: ConfigurableContext {
  let module: String

  init(arguments: [String]) throws {
    guard let module = arguments.first else { throw MissingModule() }
    self.module = module
  }

  struct MissingModule: Error, CustomStringConvertible {
    var description: String { "it needs the name of a module" }
  }

  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    guard site.kind == .call, site.shortCallee.hasPrefix("\(module).") else { return }
    let name = site.shortCallee.dropFirst(module.count + 1).prefix { $0 != "(" }
    let receiver = arguments.receiver.map { "\($0)." } ?? ""
    print("\(receiver)\(name)\(arguments)")
  }
}

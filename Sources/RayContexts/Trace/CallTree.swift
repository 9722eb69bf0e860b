// Stage 5: the calls that a thread is in, as `trace` shows them.
import Glibc
import Ray

/// What a thread is in, as far as it is shown.
final class CallTree {
  private struct Call {
    /// The call; nil for a function that no instrumented code called.
    var site: Site?
    /// The symbol of the function that it runs; empty where that is not known.
    var function: String
    var isShown: Bool
    var hasEntered = false
    var result: String?
    /// The arguments of a call whose callee is not known before it is entered, until then.
    var unnamed: [String]?
  }
  private var calls: [Call] = []
  /// How many of them are shown.
  private var depth = 0
  /// The call that the thread is at, if nothing came since.
  private var isAtCall = false
  /// What a guaranteed tail call leads to.
  private var tailCallee: String?
  private lazy var thread = currentThreadNumber
  private let output = TraceOutput.shared

  func begin(_ site: Site, _ arguments: Arguments) {
    passOver()
    var call = Call(
      site: site, function: site.calleeMangled, isShown: Self.isShown(site), unnamed: nil)
    isAtCall = true
    if call.isShown, call.function.isEmpty {
      call.isShown = false
      call.unnamed = TraceValues.texts(of: arguments)
      calls.append(call)
      return
    }
    calls.append(call)
    guard call.isShown else { return }
    show(.call, site, TraceValues.text(of: arguments, site)) {
      [
        ("callee", _quoted(site.shortCallee)), ("calleeMangled", _quoted(site.calleeMangled)),
        ("arguments", TraceValues.json(of: arguments)),
      ]
    }
  }

  /// Shows a call that was not shown, since its callee was not known.
  private func nameCall(_ name: String) {
    guard let call = calls.last, let site = call.site, let texts = call.unnamed else { return }
    calls[calls.count - 1].unnamed = nil
    calls[calls.count - 1].isShown = true
    let text = TraceValues.text(of: name, texts)
    show(.call, site, text) { [("callee", _quoted(name)), ("text", _quoted(text))] }
  }

  /// A call that ran no instrumented function: what generic code does with its values, or a method
  /// of a library, whose name is nowhere.
  private func passOver() {
    if TraceOptions.current.runtime {
      nameCall("<indirect>")
    } else if !calls.isEmpty {
      calls[calls.count - 1].unnamed = nil
    }
  }

  private func show(
    _ kind: TraceOutput.Event, _ site: Site, _ text: String, json: () -> [(String, String)]
  ) {
    if output.isJSON {
      output.write(json: TraceOutput.fields(kind, site, thread, depth) + json())
    } else {
      output.begin(kind, site, thread, depth, text)
    }
    depth += 1
  }

  func result(_ site: Site, _ text: () -> String) {
    guard !site.isPlumbing, let index = calls.lastIndex(where: { $0.site == site }),
      calls[index].isShown || calls[index].unnamed != nil
    else { return }
    calls[index].result = text()
  }

  func end(_ site: Site, error: String?) {
    passOver()
    guard let index = calls.lastIndex(where: { $0.site == site }) else { return }
    let call = calls[index]
    drop(to: index)
    isAtCall = false
    guard call.isShown else { return }
    let kind = error == nil ? TraceOutput.Event.returned : .threw
    let value = error ?? call.result.flatMap { $0.isEmpty ? nil : $0 }
    if output.isJSON {
      output.write(
        json: TraceOutput.fields(kind, site, thread, depth) + [
          ("callee", _quoted(site.shortCallee))
        ]
          + (value.map { [(error == nil ? "value" : "error", _quoted($0))] } ?? []))
    } else {
      let text = value.map { (error == nil ? " = " : " threw ") + $0 } ?? ""
      output.end(thread, depth, text.isEmpty ? "" : output.paint(text, kind))
    }
  }

  func enter(_ function: Site) {
    let symbol = function.functionMangled
    defer {
      isAtCall = false
      tailCallee = nil
    }
    if isAtCall, let call = calls.last, call.function.isEmpty || call.function == symbol {
      if Self.isHelper(function.function) {
        calls[calls.count - 1].unnamed = nil
      } else {
        nameCall(TraceValues.withoutModule(function.shortFunction, of: function))
      }
      calls[calls.count - 1].hasEntered = true
      calls[calls.count - 1].function = symbol
      return
    }
    passOver()
    // Called by a primitive, or behind a tail call, which has been shown.
    let isShown = Self.isShown(function: function) && tailCallee != symbol
    calls.append(Call(site: nil, function: symbol, isShown: isShown, hasEntered: true))
    guard isShown else { return }
    let name = TraceValues.withoutModule(function.shortFunction, of: function)
    // What comes behind an `await`.
    let goesOn = function.function.contains(" resume partial function for ")
    show(.entered, function, goesOn ? name + " goes on" : name) { [] }
  }

  func leave(_ function: Site) {
    let symbol = function.functionMangled
    passOver()
    if isAtCall, let call = calls.last, let site = call.site, site.functionMangled == symbol {
      // Nothing of the caller runs behind this call.
      drop(to: calls.count - 1)
      tailCallee = site.calleeMangled
      if call.isShown {
        if output.isJSON {
          output.write(json: TraceOutput.fields(.tail, site, thread, depth))
        } else {
          output.end(thread, depth, output.paint(" (tail call)", .tail))
        }
      }
    }
    isAtCall = false
    guard let index = calls.lastIndex(where: { $0.hasEntered && $0.function == symbol }) else {
      return
    }
    // A call's end comes with its result; who was called by a primitive has none.
    let call = calls[index]
    guard call.site == nil else { return drop(to: index + 1) }
    drop(to: index)
    guard call.isShown else { return }
    if output.isJSON {
      output.write(json: TraceOutput.fields(.left, function, thread, depth))
    } else {
      output.end(thread, depth, "")
    }
  }

  func note(_ kind: TraceOutput.Event, _ site: Site, _ text: String) {
    passOver()
    isAtCall = false
    if output.isJSON {
      output.write(json: TraceOutput.fields(kind, site, thread, depth) + [("text", _quoted(text))])
    } else {
      output.note(kind, site, thread, depth, text)
    }
  }

  private func drop(to count: Int) {
    guard count < calls.count else { return }
    depth -= calls[count...].reduce(0) { $0 + ($1.isShown ? 1 : 0) }
    calls.removeSubrange(count...)
  }

  /// What the compiler calls for itself, and the runtime's work, is not what a program says.
  private static func isShown(_ site: Site) -> Bool {
    if TraceOptions.current.runtime { return true }
    guard site.kind == .call, !isHelper(site.callee) else { return false }
    // What the standard library has for the compiler, such as literals.
    let isLibrary = site.calleeMangled.hasPrefix("$ss") || site.calleeMangled.hasPrefix("$sS")
    guard isLibrary else { return true }
    let name = site.shortCallee.split(separator: "(", maxSplits: 1)
    return !(name.first?.split(separator: ".").last?.hasPrefix("_") ?? false)
      && !(name.last?.hasPrefix("_builtin") ?? false)
  }

  private static func isShown(function: Site) -> Bool {
    TraceOptions.current.runtime
      || !isHelper(function.function) && function.functionMangled != "main"
  }

  private static let helpers = [
    "type metadata ", "lazy protocol witness table ", "lazy cache variable", "outlined ",
    "merged outlined", "value witness", "associated type ", "associated conformance",
    "base witness", "generic protocol witness", "demangling cache variable", "__swift_", "swift_",
    "_swift_", "protocol witness for ", "reabstraction thunk ", "partial apply forwarder ",
    "dispatch thunk ", "default argument ", "variable initialization expression",
    "method lookup function", "nominal type descriptor",
  ]
  private static func isHelper(_ name: String) -> Bool {
    helpers.contains { name.hasPrefix($0) }
  }
}

/// What the plugin is told: options of `opt`, and of clang behind `-mllvm`.
enum PluginOptions {
  static func arguments(
    _ settings: Settings, module: String, mainSymbol: String = "main", report: String,
    stripsDebug: Bool
  ) -> [String] {
    var arguments = ["-rayc-module=\(module)"]
    if mainSymbol != "main" { arguments.append("-rayc-main=\(mainSymbol)") }
    if let context = settings.context { arguments.append("-rayc-context=\(context)") }
    if let placement = settings.placement { arguments.append("-rayc-at=\(placement)") }
    arguments += settings.selection
    if let wanted = settings.report {
      arguments.append("-rayc-report=\(wanted == "beside" ? report : wanted)")
    }
    if let ir = settings.ir { arguments.append("-rayc-ir=\(ir)") }
    if stripsDebug { arguments.append("-rayc-strip-debug") }
    return arguments
  }

  /// Where a report goes that lies beside its object.
  static func report(ofObject object: String) -> String {
    let stem = object.hasSuffix(".o") ? String(object.dropLast(2)) : object
    return "\(stem).rayc.jsonl"
  }
}

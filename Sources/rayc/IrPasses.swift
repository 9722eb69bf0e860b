import FoundationEssentials
import RayDriver
import RayListing
import SystemPackage

/// `rayc ir diff --passes`: what each LLVM pass changed, by LLVM's own account.
struct IrPasses {
  var options: IrOptions
  var configuration: BuildConfiguration

  /// - Returns: whether any pass changed anything.
  func run(_ session: Session, file: String, _ report: IrReport) async throws -> Bool {
    let input = try options.input(file, configuration)
    let module = input.moduleName
    var plan = try await options.run(session, input, module: module, upTo: .swift, name: "0")
    let (instrumentation, selected) = try await options.instrumentation(
      session, input, .optimized)
    let names = IrNames()
    var symbols: [String] = []
    if !report.functions.isEmpty, !options.output.printJobs {
      let known = try options.listing(plan, .swift).functions
      try report.checkFunctions(known, names)
      symbols = known.map(\.symbol).filter(report.isWanted)
    }
    let job = session.planner.changes(
      plan, of: plan.text(.swift), configuration, module: module, instrumentation, selected,
      symbols: symbols)
    try await session.executor.execute(job)
    if options.output.printJobs { return false }
    plan.jobs = []
    let changes = PassChanges(
      try Files.read(plan.changes), wanted: report.isWanted, shown: names.shown
    ).changes
    switch report.format {
    case .text: try report.write(text(changes, report, names, file))
    case .json: try report.write(json(changes, names))
    case .html: throw Diagnostic.noPassesAsHTML
    }
    return !changes.isEmpty
  }

  private func text(
    _ changes: [PassChange], _ report: IrReport, _ names: IrNames, _ file: String
  ) -> String {
    let form = report.text(names)
    var text = ""
    for (index, change) in changes.enumerated() {
      let unit = change.unit == "[module]" ? "the module" : names.title(change.unit)
      text += form.heading("\(index + 1)  \(change.pass) on \(unit)") + "\n"
      if change.diff.functions.isEmpty { text += "  (only \(DiffText.hidden))\n" }
      text += form.functions(change.diff)
    }
    let passes = Set(changes.map(\.pass)).count
    return text
      + "\n\(changes.count) changes by \(passes) passes; those that changed nothing are left out\n"
      + "hidden on both sides: \(DiffText.hidden)\n"
  }

  private struct Change: Encodable {
    var pass: String
    var unit: String
    var diff: DiffDocument
  }

  private func json(_ changes: [PassChange], _ names: IrNames) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let documents = changes.map {
      Change(
        pass: $0.pass, unit: $0.unit,
        diff: DiffDocument($0.diff, before: "before", after: "after", name: names.title))
    }
    return String(decoding: try encoder.encode(documents), as: UTF8.self) + "\n"
  }
}

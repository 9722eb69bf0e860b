import ArgumentParser
import RayDriver
import RayListing
import SystemPackage

extension IRStage: ExpressibleByArgument {}

/// A module at a stage.
struct IrSide {
  var title: String
  var listing: Listing
}

/// What the `ir` commands have in common.
struct IrOptions: ParsableArguments {
  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup(title: "What is observed") var selection: SelectionOptions
  @OptionGroup(title: "Build") var build: BuildOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  /// - Parameter path: a Swift file, a folder of them, or IR.
  func input(_ path: String, _ configuration: BuildConfiguration) throws(Diagnostic) -> IRInput {
    let file = FilePath(path)
    guard let status = Files.status(file) else { throw .noSuchFile(file) }
    if Self.isIR(path) { return .ir(file, configuration) }
    var sources = [path]
    if status.isDirectory {
      sources = Files.below(file, endingIn: ".swift").map(\.string)
      if sources.isEmpty { throw .noSwiftFiles(below: file) }
    } else if !path.hasSuffix(".swift") {
      throw .notIRInput(path)
    }
    return .sources(
      ProgramRequest(
        sources: sources, configuration: configuration,
        compilerArguments: build.compilerArguments, jobs: build.jobs))
  }

  static func isIR(_ path: String) -> Bool { path.hasSuffix(".ll") || path.hasSuffix(".bc") }

  /// Whether something is put into the program at this stage: the hooks of `count` only where
  /// hooks are what one looks at.
  func puttingIn(_ stage: IRStage) -> Bool {
    switch stage {
    case .swift: false
    case .instrumented: true
    case .optimized: !context.isEmpty
    }
  }

  func instrumentation(
    _ session: Session, _ input: IRInput, _ stage: IRStage
  ) async throws -> (Instrumentation?, RayDriver.Selection) {
    var folder = FilePath(".")
    var points: Set<Point>?
    if case .sources(let request) = input {
      folder = request.folder
      points = try request.rayPoints()
    }
    let selected = try await selection.selection(above: folder) { [input.moduleName] }
    guard puttingIn(stage) else { return (nil, selected) }
    let instrumentation = try await session.instrumentation(
      try context.stack(points: points), selected)
    return (instrumentation, instrumentation.selection)
  }

  /// Brings a module through the stages; the text of each lies in the plan's files.
  func run(
    _ session: Session, _ input: IRInput, module: String, upTo stage: IRStage, name: String
  ) async throws -> IRPlan {
    let (instrumentation, selected) = try await instrumentation(session, input, stage)
    let plan = try session.planner.ir(
      input, module: module, instrumentation, selected, name: name)
    try await session.executor.execute(plan.jobs)
    return plan
  }

  func listing(_ plan: IRPlan, _ stage: IRStage) throws -> Listing {
    var reader = ListingReader(try Files.read(plan.text(stage)))
    return reader.read()
  }
}

/// How IR's symbols are shown.
final class IrNames {
  private var known: [String: String] = [:]

  /// Short and demangled; C's names stay.
  func shown(_ symbol: String) -> String? {
    guard symbol.hasPrefix("$s") else { return nil }
    if let name = known[symbol] { return name }
    let name = ShortName.shortened(demangled(symbol))
    known[symbol] = name
    return name
  }

  func title(_ symbol: String) -> String { shown(symbol) ?? symbol }
}

/// Says which functions are meant: `/regex/`, or how a name begins, as in `--include`.
struct FunctionPattern {
  private let pattern: String
  private let expression: Regex<AnyRegexOutput>?

  /// - Throws: `Diagnostic.malformedPattern`.
  init(_ text: String, origin: String) throws(Diagnostic) {
    pattern = try Pattern.checked(text, origin: origin)
    guard pattern.hasPrefix("/") else {
      expression = nil
      return
    }
    do {
      expression = try Regex(String(pattern.dropFirst().dropLast()))
    } catch {
      throw .malformedPattern(text, origin: origin, reason: "\(error)")
    }
  }

  func matches(_ symbol: String) -> Bool {
    if symbol.hasPrefix(pattern) { return true }
    let full = demangled(symbol)
    let short = ShortName.shortened(full)
    if let expression { return full.contains(expression) || short.contains(expression) }
    // A closure or a thunk goes along with the function it belongs to.
    return [full, short].contains { name in
      name.ranges(of: pattern).contains { found in
        guard let before = name[..<found.lowerBound].last else { return true }
        return before == " " || before == "." && !name[..<found.lowerBound].dropLast().contains(".")
      }
    }
  }
}

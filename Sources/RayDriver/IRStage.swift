import SystemPackage

/// Where in the pipeline IR is looked at.
public enum IRStage: String, Sendable, CaseIterable {
  /// As the Swift compiler emits it.
  case swift
  /// With the hooks and the user's own transforms, before LLVM optimises.
  case instrumented
  /// What code is generated from.
  case optimized
}

/// A module whose IR is looked at.
public enum IRInput: Equatable, Sendable {
  /// Swift sources, compiled as one module.
  case sources(ProgramRequest)
  /// LLVM IR, as text or bitcode.
  case ir(FilePath, BuildConfiguration)

  /// The module's name, if the user has not said another.
  public var moduleName: String {
    switch self {
    case .sources(let request): request.moduleName
    case .ir(let path, _): path.stem ?? "main"
    }
  }
}

/// The files that a plan leaves.
public struct IRPlan: Equatable, Sendable {
  public var jobs: [Job]
  public var stem: FilePath

  public func text(_ stage: IRStage) -> FilePath { FilePath("\(stem).\(stage.rawValue).ll") }
  /// The records of the module's sites.
  public var report: FilePath { FilePath("\(stem).report.jsonl") }
  /// What LLVM said of the passes that changed something, if it was asked.
  public var changes: FilePath { FilePath("\(stem).changes") }
}

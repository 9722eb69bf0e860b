import SystemPackage

/// An IR transform of the user's own, ready for the pipeline.
public enum BuiltTransform: Equatable, Sendable {
  /// A dynamo: a library written in Swift. Its path is named after all that it was made from.
  case dynamo(FilePath)
  /// A pass of LLVM's, or of a plugin that the user brings.
  case pass(String, plugin: FilePath?)

  /// As the plugin reads it.
  var option: String {
    switch self {
    case .dynamo(let path): "dynamo:\(path)"
    case .pass(let name, _): "pass:\(name)"
    }
  }

  /// Changes with the plugin's file.
  var identity: String? {
    guard case .pass(_, let plugin?) = self else { return nil }
    var fingerprint = Fingerprint()
    fingerprint.add(identityOf: plugin)
    return fingerprint.text
  }
}

import SystemPackage

/// The contexts' arguments as an object of their own: changing them links again, no more.
struct ArgumentsJob {
  /// In the order in which they see an event; a name is the spec without its arguments, for the
  /// runtime's messages.
  var contexts: [(name: String, arguments: [String])]
  var toolchain: Toolchain

  var key: String {
    var fingerprint = Fingerprint()
    fingerprint.add("arguments 2")
    for context in contexts { fingerprint.add([context.name] + context.arguments) }
    fingerprint.add(identityOf: toolchain.llc)
    return fingerprint.text
  }

  /// LLVM IR: all arguments and all names, each ended by a NUL; how many arguments each context
  /// has; how many contexts there are.
  var source: String {
    let arguments = contexts.flatMap(\.arguments).map { $0 + "\0" }.joined()
    let counts = contexts.map { "i64 \($0.arguments.count)" }.joined(separator: ", ")
    let names = contexts.map { $0.name + "\0" }.joined()
    return """
      target triple = "x86_64-unknown-linux-gnu"
      @rayc_context_count = constant i64 \(contexts.count)
      @rayc_context_names = constant \(Self.constant(names))
      @rayc_context_arguments = constant \(Self.constant(arguments.isEmpty ? "\0" : arguments))
      @rayc_context_argument_counts = constant [\(contexts.count) x i64] [\(counts)]

      """
  }

  func jobs(staging: FilePath, target: FilePath) -> [Job] {
    let ir = staging.appending("arguments.ll")
    let object = staging.appending("arguments.o")
    return [
      Job(.write, .write(text: source, path: ir)),
      Job(
        .assembleArguments,
        .run(
          Command(
            toolchain.llc,
            ["-relocation-model=pic", "-filetype=obj", ir.string, "-o", object.string],
            output: .progress))),
      Job(.publish, .publish(from: object, to: target, keepsExisting: true)),
    ]
  }

  /// `[2 x i8] c"a\00"`: whatever is not a plain letter or digit as two hexadecimal digits.
  static func constant(_ text: String) -> String {
    var quoted = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      if scalar.isASCII, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
        quoted.unicodeScalars.append(scalar)
      } else {
        quoted += "\\" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return "[\(text.utf8.count) x i8] c\"\(quoted)\""
  }
}

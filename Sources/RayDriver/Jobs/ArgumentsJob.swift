import SystemPackage

/// The context's arguments as an object of their own: changing them links again, no more.
struct ArgumentsJob {
  var arguments: [String]
  /// The spec without its arguments, for the runtime's messages.
  var contextName: String
  var toolchain: Toolchain

  var key: String {
    var fingerprint = Fingerprint()
    fingerprint.add("arguments 1")
    fingerprint.add(contextName)
    fingerprint.add(arguments)
    fingerprint.add(identityOf: toolchain.llc)
    return fingerprint.text
  }

  /// LLVM IR: the arguments, each ended by a NUL, and how many they are.
  var source: String {
    let bytes = arguments.map { $0 + "\0" }.joined()
    return """
      target triple = "x86_64-unknown-linux-gnu"
      @rayc_context_arguments = constant \(Self.constant(bytes.isEmpty ? "\0" : bytes))
      @rayc_context_arguments_count = constant i64 \(arguments.count)
      @rayc_context_name = constant \(Self.constant(contextName + "\0"))

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

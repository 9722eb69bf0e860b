// Data-flow graphs: IR made into code of this process.
import Glibc

/// The code of a graph, loaded.
final class NativeLibrary: @unchecked Sendable {
  typealias Function =
    @convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?, UnsafeMutablePointer<UInt64>) ->
    Int32

  let function: Function
  private let handle: UnsafeMutableRawPointer

  /// Compiles IR with LLVM 22's clang and loads it. Cost: about a tenth of a second.
  /// - Throws: `GraphError.cannotCompile`.
  init(ir: String) throws(GraphError) {
    guard let compiler = Self.compiler else {
      throw .cannotCompile("there is no 'clang-22' on PATH; install the package clang-22")
    }
    var template = Array("/tmp/rayc-graph-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw .cannotCompile("there can be no folder in /tmp: \(String(cString: strerror(errno)))")
    }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let (source, library, messages) = (
      "\(folder)/graph.ll", "\(folder)/graph.so", "\(folder)/messages"
    )
    defer {
      for file in [source, library, messages] { unlink(file) }
      rmdir(folder)
    }
    try Graph.write(ir, to: source)
    let status = Self.run(
      [
        compiler, "-x", "ir", source, "-O2", "-ffp-contract=off", "-Wno-override-module", "-fPIC",
        "-shared", "-o", library, "-lm",
      ], messages: messages)
    guard status == 0 else {
      let text = (try? Graph.read(messages)) ?? ""
      throw .cannotCompile(text.isEmpty ? "'\(compiler)' ended with \(status)" : text)
    }
    guard let handle = dlopen(library, RTLD_NOW | RTLD_LOCAL),
      let symbol = dlsym(handle, NativeCode.function)
    else { throw .cannotCompile(dlerror().map { String(cString: $0) } ?? "it cannot be loaded") }
    self.handle = handle
    function = unsafeBitCast(symbol, to: Function.self)
  }

  deinit { dlclose(handle) }

  private static var compiler: String? {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    let folders = path.split(separator: ":").map(String.init)
    return (folders.map { "\($0)/clang-22" } + ["/usr/lib/llvm-22/bin/clang"])
      .first { access($0, X_OK) == 0 }
  }

  private static func run(_ arguments: [String], messages: String) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, messages, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 2, 1)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    defer { for word in words { free(word) } }
    words.append(nil)
    var process = pid_t()
    guard posix_spawn(&process, arguments[0], &actions, nil, words, environ) == 0 else { return -1 }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7f == 0 ? (status >> 8) & 0xff : status
  }
}

extension Graph {
  /// Loads a graph from a file.
  /// - Throws: `GraphError.cannotRead`, or what is wrong with the graph.
  public init(contentsOf path: String) throws(GraphError) {
    try self.init(json: try Self.read(path))
  }

  /// Saves the graph to a file, which is replaced in one step.
  /// - Throws: `GraphError.cannotWrite`.
  public func save(to path: String) throws(GraphError) {
    let temporary = "\(path).\(getpid())"
    try Self.write(json, to: temporary)
    guard rename(temporary, path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(temporary)
      throw .cannotWrite(path, reason: reason)
    }
  }

  static func read(_ path: String) throws(GraphError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .cannotRead(path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if count == 0 { break }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw .cannotRead(path, reason: String(cString: strerror(errno)))
      }
      bytes += block[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func write(_ text: String, to path: String) throws(GraphError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw .cannotWrite(path, reason: String(cString: strerror(errno)))
    }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        let reason = String(cString: strerror(errno))
        close(descriptor)
        unlink(path)
        throw .cannotWrite(path, reason: reason)
      }
      bytes = bytes.dropFirst(count)
    }
    guard close(descriptor) == 0 else {
      throw .cannotWrite(path, reason: String(cString: strerror(errno)))
    }
  }
}

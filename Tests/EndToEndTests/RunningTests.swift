import Testing

/// What a context learns about the code that runs: the calls it is in, its depth, thread and task.
@Suite struct RunningTests {
  let workspace: Workspace
  init() throws { workspace = try Workspace() }

  static let program = """
    func outer(_ n: Int) -> Int { middle(n) + 1 }
    func middle(_ n: Int) -> Int {
      n > 0 ? outer(n - 1) : [1].map { inner($0) }.reduce(0, +)
    }
    @inline(never) func inner(_ n: Int) -> Int { n }
    print(outer(1))
    """

  /// The optimiser's inlining takes nothing from the stack.
  @Test(arguments: ["debug", "release"])
  func aHookSeesTheCallsItIsIn(_ configuration: String) async throws {
    try workspace.write(Self.program, "run.swift")
    try workspace.write(
      """
      import Ray
      struct Calls: RayContext {
        var text = ""
        mutating func willCall(_ site: Site, _ arguments: Arguments) {
          if site.shortCallee == "run.inner(_:)" { text = CallStack.current.description }
        }
        func finish() { print(text) }
      }
      """, "calls.swift")
    let ran = try await workspace.rayc(
      "run", "-c", configuration, "-W", "calls.swift:Calls", "run.swift")
    #expect(
      ran.stdout == """
        3
        closure #1 in run.middle(_:) at run.swift:3:36
        Collection.map(_:) at -
        run.middle(_:) at run.swift:3:30
        run.outer(_:) at run.swift:1:31
        run.middle(_:) at run.swift:3:11
        run.outer(_:) at run.swift:1:31
        main at run.swift:6:7

        """, "\(ran.stderr)")
  }

  /// A load is at its own place, not at the call before it.
  @Test func aLoadSeesTheCallsItIsIn() async throws {
    try workspace.write(
      """
      final class Box { var value = 1 }
      func read(_ box: Box) -> Int {
        print("first")
        return box.value
      }
      print(read(Box()))
      """, "p.swift")
    try workspace.write(
      """
      import Ray
      struct Loads: RayContext {
        var text = ""
        mutating func load<T>(_ value: T, at site: Site) -> T {
          if site.line == 4, T.self == Int.self { text = CallStack.current.description }
          return value
        }
        func finish() { print(text) }
      }
      """, "loads.swift")
    let ran = try await workspace.rayc("run", "-W", "loads.swift:Loads", "p.swift")
    #expect(
      ran.stdout.contains("p.read(_:) at p.swift:4:14\nmain at p.swift:6:7\n"), "\(ran.stdout)")
  }

  @Test func depthIsThatOfTheFunction() async throws {
    try workspace.write(Self.program, "run.swift")
    try workspace.write(
      """
      import Ray
      struct Depth: RayContext {
        var depths: [String] = []
        mutating func willCall(_ site: Site, _ arguments: Arguments) {
          if site.shortCallee.hasPrefix("run.") { depths.append("\\(Ray.depth)") }
        }
        func finish() { print(depths.joined(separator: " ")) }
      }
      """, "depth.swift")
    let ran = try await workspace.rayc("run", "-W", "depth.swift:Depth", "run.swift")
    #expect(ran.stdout == "3\n0 1 2 3 6\n", "\(ran.stderr)")
  }

  @Test func threadsHaveNumbersAndNames() async throws {
    try workspace.write(
      """
      import Glibc
      @_silgen_name("pthread_setname_np") @discardableResult
      func setName(_: pthread_t, _: UnsafePointer<CChar>) -> Int32
      func work() -> Int { 1 }
      var thread = pthread_t()
      _ = work()
      pthread_create(&thread, nil, { _ in setName(pthread_self(), "worker"); _ = work(); return nil }, nil)
      pthread_join(thread, nil)
      """, "p.swift")
    try workspace.write(
      """
      import Ray
      struct Threads: RayContext {
        var seen: [String] = []
        mutating func willCall(_ site: Site, _ arguments: Arguments) {
          guard site.shortCallee == "p.work()" else { return }
          let thread = Ray.currentThread
          seen.append("\\(thread.number) \\(thread.name) \\(thread.id > 0) \\(Ray.currentTask == nil)")
        }
        mutating func merge(_ other: Threads) { seen += other.seen }
        func finish() { for line in seen.sorted() { print(line) } }
      }
      """, "threads.swift")
    let ran = try await workspace.rayc("run", "-W", "threads.swift:Threads", "p.swift")
    #expect(ran.stdout == "0 p true true\n1 worker true true\n", "\(ran.stdout) \(ran.stderr)")
  }

  @Test func tasksHaveNumbers() async throws {
    try workspace.write(
      """
      @inline(never) func leaf(_ n: Int) -> Int { n }
      func step(_ n: Int) async -> Int { await Task.yield(); return leaf(n) }
      @main struct Main {
        static func main() async {
          async let a = step(1), b = step(2)
          print(await a + b)
        }
      }
      """, "p.swift")
    try workspace.write(
      """
      import Ray
      struct Tasks: RayContext {
        var tasks: Set<UInt64> = []
        mutating func willCall(_ site: Site, _ arguments: Arguments) {
          if site.shortCallee == "p.leaf(_:)", let task = Ray.currentTask { tasks.insert(task) }
        }
        mutating func merge(_ other: Tasks) { tasks.formUnion(other.tasks) }
        func finish() { print("\\(tasks.count) tasks") }
      }
      """, "tasks.swift")
    let ran = try await workspace.rayc("run", "-W", "tasks.swift:Tasks", "p.swift")
    #expect(ran.stdout == "3\n2 tasks\n", "\(ran.stdout) \(ran.stderr)")
  }
}

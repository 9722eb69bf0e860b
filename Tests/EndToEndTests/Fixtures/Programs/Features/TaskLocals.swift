// Task-local values: read, bound, nested, inherited by children, left behind by detached tasks.

final class Trace: Sendable {
  let name: String
  init(_ name: String) { self.name = name }
  deinit { print("trace ends", name) }
}
struct Settings { var level = 0; var tags: [String] = [] }

enum Context {
  @TaskLocal static var request = "none"
  @TaskLocal static var settings = Settings()
  @TaskLocal static var trace: Trace?
}

func deep(_ n: Int) async -> String {
  if n == 0 { return "\(Context.request) \(Context.settings.level)" }
  return await Context.$settings.withValue(Settings(level: Context.settings.level + n)) {
    await Task.yield()
    return await deep(n - 1)
  }
}
func synchronous() -> String {
  Context.$request.withValue("inside") { Context.request } + " " + Context.request
}
func failing() async throws {
  try await Context.$request.withValue("failing") {
    await Task.yield()
    struct Failure: Error { let request: String }
    throw Failure(request: Context.request)
  }
}

print(Context.request, synchronous(), await deep(4))
await Context.$request.withValue("outer") {
  print(Context.request, await deep(2))
  async let child = deep(1)
  print(await child)
  let names = await withTaskGroup(of: String.self) { group in
    for n in 0..<3 {
      group.addTask {
        await Context.$request.withValue("\(Context.request) \(n)") { await deep(1) }
      }
    }
    return await group.reduce(into: [String]()) { $0.append($1) }.sorted()
  }
  print(names)
  print(await Task { Context.request }.value, await Task.detached { Context.request }.value)
}
do { try await failing() } catch { print("caught", error) }
await Context.$trace.withValue(Trace("a")) {
  print(Context.trace?.name ?? "nil")
  await Context.$trace.withValue(Trace("b")) {
    await Task.yield()
    print(Context.trace?.name ?? "nil")
  }
  Context.$trace.withValue(nil) { print(Context.trace?.name ?? "nil") }
  print(Context.trace?.name ?? "nil")
}
Context.$settings.withValue(Settings(level: 9, tags: ["x", "y"])) {
  print(Context.settings.tags, withUnsafeCurrentTask { $0 != nil })
}
print(Context.request, Context.trace?.name ?? "nil")

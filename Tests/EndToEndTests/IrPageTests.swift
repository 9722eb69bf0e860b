import Foundation
import Testing

/// The page of `rayc ir diff --format html`, in a real browser.
@Suite struct IrPageTests {
  static let browser = ["/usr/bin/chromium"].first(where: FileManager.default.fileExists)

  private func content(_ page: String, in workspace: Workspace) async throws -> String {
    let outcome = try await workspace.run(
      Self.browser!,
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--dump-dom",
        // What the page does later is done before it is looked at.
        "--virtual-time-budget=60000",
        "file://\(workspace.path(page))",
      ])
    return outcome.stdout
  }

  @Test(.enabled(if: browser != nil, "Chromium is not installed"))
  func opensWithTheFirstFunctionThatDiffers() async throws {
    let workspace = try Workspace()
    let text = "define i64 @f(i64 %x) {\n  %y = add i64 %x, 1\n  ret i64 %y\n}\n"
    // What would end a script or an element.
    let odd = "@s = constant [9 x i8] c\"</script>\"\n"
    try workspace.write(text, "a.ll")
    try workspace.write(text.replacing("add", with: "sub") + odd, "b.ll")
    let made = try await workspace.rayc(
      "ir", "diff", "a.ll", "b.ll", "--format", "html", "-o", "diff.html")
    #expect(made.termination == .exited(0), "\(made.stderr)")
    let page = try await content("diff.html", in: workspace)
    #expect(page.contains("data-ready="), "the page's script has ended")
    #expect(page.contains(#"<td class="added">"#))
    #expect(page.contains("1 functions differ, 0 are the same; other lines: +1"))
  }

  /// A module of 5 MB in which every function differs: what is out of sight is made when it is
  /// opened, so the page is there at once. (Documentation/commands/ir.md has times.)
  @Test(.enabled(if: browser != nil, "Chromium is not installed"))
  func opensAModuleOfFiveMegabytes() async throws {
    let workspace = try Workspace()
    func module(_ operation: String) -> String {
      (0..<4000).map { number in
        let body = (1...45).map { line in
          "  %v\(line) = \(line == 20 ? operation : "xor") i64 %v\(line - 1), \(number * 64 + line)\n"
        }
        return "define i64 @f\(number)(i64 %v0) {\n\(body.joined())  ret i64 %v45\n}\n"
      }.joined()
    }
    let before = module("add")
    #expect(before.utf8.count > 5_000_000)
    try workspace.write(before, "a.ll")
    try workspace.write(module("sub"), "b.ll")
    let made = try await workspace.rayc(
      "ir", "diff", "a.ll", "b.ll", "--format", "html", "-o", "diff.html")
    #expect(made.termination == .exited(0), "\(made.stderr)")
    let page = try await content("diff.html", in: workspace)
    #expect(page.contains("data-ready="), "the page's script has ended")
    #expect(page.contains("4000 functions differ, 0 are the same"))
    // One function is open, all others are a line each.
    #expect(page.components(separatedBy: "<details").count == 4001)
    #expect(page.components(separatedBy: "<table>").count == 2)
    #expect(page.contains(#"<td class="removed">  %add1 = add i64"#))
  }
}

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
}

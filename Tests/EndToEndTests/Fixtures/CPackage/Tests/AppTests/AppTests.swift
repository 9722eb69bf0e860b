import Counting
import Testing
import XCTest

@testable import App

/// The test libraries have a process each, and coverage sums them up.
@Test(arguments: [[1, 2, 3], [4, -5]]) func visits(_ values: [CInt]) {
  #expect(visitAll(values).1 == values.filter { $0 > 0 })
}

final class AppTests: XCTestCase {
  func testCallBack() { XCTAssertEqual(call_back(5), 18) }
}

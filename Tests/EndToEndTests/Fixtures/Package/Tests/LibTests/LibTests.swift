import Testing
import XCTest

@testable import Lib

@Test func doubles() { #expect(twice(4) == 8) }

final class LibTests: XCTestCase {
  func testSum() { XCTAssertEqual(sum([1, 2, 3]), 6) }
}

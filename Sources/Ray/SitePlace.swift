// Stage 5: what the source has at a site, for contexts that ask.
public import CRay

/// A line and a column of a source file, both from 1; columns count bytes.
public struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
  public var line, column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }

  /// `line:column`.
  public var description: String { "\(line):\(column)" }
}

/// A place in a function of the source: where a site is, or a call that leads to it.
public struct SourceFrame: Hashable, Sendable, CustomStringConvertible {
  /// The function, demangled.
  public var function: String
  /// Its symbol.
  public var functionMangled: String
  /// The function, shortened: `main.area(width:_:)`.
  public var shortFunction: String
  /// The source file; nil for code that the compiler made or that came without its source.
  public var file: String?
  /// The position in the file; nil where there is none.
  public var position: SourcePosition?

  /// `file:line:column`, with the file's last path component; `-` where there is none.
  public var location: String {
    guard let file, let position else { return "-" }
    return "\(lastComponent(of: file)):\(position)"
  }

  /// `function at location`.
  public var description: String { "\(shortFunction) at \(location)" }
}

func lastComponent(of path: String) -> Substring {
  path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.index(after: $0)...] } ?? path[...]
}

extension Site {
  /// The source text of the call, or of the expression that the value is loaded in, as it is
  /// written: `try robot.move(by: 3)`, `x[i] * y`.
  ///
  /// Nil where the source has no expression at the site's location. A context that has the word
  /// `expression` in its file makes rayc read the sources while they are compiled; others cost
  /// nothing. Only build contexts (`-W`) can ask.
  public var expression: String? { place.flatMap { Ray.string(at: $0, \.expression_offset) } }

  /// Where that expression is, from its first byte to behind its last.
  public var range: Range<SourcePosition>? {
    guard let place = place?.pointee, place.begin_line > 0 else { return nil }
    let begin = SourcePosition(line: Int(place.begin_line), column: Int(place.begin_column))
    let end = SourcePosition(line: Int(place.end_line), column: Int(place.end_column))
    return begin..<max(begin, end)
  }

  private var place: UnsafePointer<ray_place>? { rayc_site_place(record) }

  /// The functions that the site is in by the optimiser's inlining, from the innermost, each
  /// with the place of the site or of the call that was inlined, to ``function``; empty where
  /// nothing was inlined.
  ///
  /// Only a build context's (`-W`) own code can ask; where none does, sites are not told.
  @inlinable @inline(__always)
  public var inlinedIn: [SourceFrame] { Self.frames(rayc_site_frames(record)) }

  @usableFromInline
  static func frames(_ place: UnsafePointer<ray_place>?) -> [SourceFrame] {
    guard let place else { return [] }
    let first = UnsafeRawPointer(place + 1).assumingMemoryBound(to: ray_source_frame.self)
    return (0..<Int(place.pointee.frame_count)).map { index in
      let frame = first + index
      let symbol = Ray.string(at: frame, \.function_offset) ?? ""
      let at = frame.pointee
      return SourceFrame(
        function: Demangler.demangled(symbol), functionMangled: symbol,
        shortFunction: Demangler.shortened(symbol),
        file: Ray.string(at: frame, \.file_offset),
        position: at.line > 0
          ? SourcePosition(line: Int(at.line), column: Int(at.column)) : nil)
    }
  }
}

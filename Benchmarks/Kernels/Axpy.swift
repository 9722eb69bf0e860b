// A loop that LLVM turns into vector instructions: a hook in it must not stop that.

@main
struct Axpy: Kernel {
  static var rounds: Int { 80_000 }

  let x = (0..<50_000).map { Float($0 & 15) }
  var y = (0..<50_000).map { Float($0 & 7) }

  mutating func round(_ index: Int) -> Int {
    axpy(index & 1 == 0 ? 0.5 : -0.5, x, into: &y)
    return Int(y[index % y.count])
  }
}

func axpy(_ a: Float, _ x: [Float], into y: inout [Float]) {
  x.withUnsafeBufferPointer { x in
    y.withUnsafeMutableBufferPointer { y in
      for i in 0..<min(x.count, y.count) { y[i] += a * x[i] }
    }
  }
}

import Ray

/// Moves a vector to where it is needed, or its multiplication would fail.
///
///     $ rayc run -W Examples/MoveIt.swift:MoveIt Examples/Devices.swift
///     sample 1: 4.5
///     sample 2: 7.0
///     sample 3: 9.5
///     moved 3 vectors
struct MoveIt: RayContext {
  var moved = 0

  /// Stands for the program's type of that name: the same stored properties.
  struct Vector {
    var device: String
    var elements: [Double]
  }

  enum Replacements: Overdubs {
    static func multiply(
      context: inout MoveIt, original: (Vector, Vector) throws -> Double, _ a: Vector, _ b: Vector
    ) throws -> Double {
      var b = b
      if b.device != a.device {
        b.device = a.device
        context.moved += 1
      }
      return try original(a, b)
    }
  }

  func finish() { print("moved \(moved) vectors") }
}

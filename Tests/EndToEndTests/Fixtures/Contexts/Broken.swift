import Ray

struct Broken: RayContext {
  func finish() { missing() }
}

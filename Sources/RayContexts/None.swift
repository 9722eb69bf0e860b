// Stage 5: the context `none`.
import Ray

/// Receives nothing: the program runs as it is, built in rayc's way.
///
/// `-W none`; what a program gets that only a dynamo transforms.
struct None: RayContext {}

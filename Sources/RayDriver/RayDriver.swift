public enum RayDriver {}

"""Builds every benchmark once per mode from the same IR and compares the modes with native."""

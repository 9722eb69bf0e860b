"""Runs the tests of Swift packages plain and under rayc, and compares them test by test."""

"""What is measured, not proved: run by hand, and in little by a test."""

"""What benchmarks/run measures outside of its own JVM, and how it reports."""

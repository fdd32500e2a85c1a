"""What LocalStack lacks to serve the partition-fan-in stack; each module is one plug-in and says why it exists."""

"""What roles may do that no test needs."""

UNNEEDED = {}

"""The command line: Click only, thin; what a command does stands in ``actions``."""

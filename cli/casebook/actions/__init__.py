"""What each command does: no Click, no printing; every action returns an outcome."""

"""The audit: all of history walked once, every change judged by the law of the commit before it.

It judges with the same checks as command and hook, adds what only shows in history (signatures,
order, disguises), and writes nothing.
"""

from __future__ import annotations

"""Casebook: a school's social-media incidents and rules as Markdown files in git."""

__version__ = "0.1.0"

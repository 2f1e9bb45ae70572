"""Text and JSON for people and programs; the only room that prints."""

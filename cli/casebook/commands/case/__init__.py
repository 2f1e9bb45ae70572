"""The commands of this group, one module each; a module's name is its command's name."""

"""The school's policy as pages for a browser and for paper: what stands on them and how.

It reads an edition and answers bytes; it opens no record and writes no file.
"""

from casebook.render.site.build import Made, build

__all__ = ["Made", "build"]

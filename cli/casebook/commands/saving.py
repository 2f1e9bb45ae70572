"""What ``case save``, ``case edit``, ``policy save`` and ``casebook save`` share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.i18n import _
from casebook.render import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.commands.session import Session


def edit(session: Session, path: str, section: str | None, options: Mapping[str, Any]) -> int:
    """Open a record in an editor, at a section when named, then save what changed."""
    from casebook.actions import editing

    desk = session.desk
    line = editing.line_of(desk, path, section or "")
    argv = editing.editor(desk, options["editor"], desk.casebook.root / path, line)
    if options["dry_run"]:
        say.lines([" ".join(argv)])
        return 0
    editing.open_in(argv)
    return save(session, [path])


def save(
    session: Session,
    paths: Sequence[str] | None = None,
    *,
    prefix: str = "",
    dry_run: bool = False,
) -> int:
    """Save the hand edits of ``paths`` (None: all below ``prefix``); 1 when one stays unsaved."""
    from casebook.actions import saving

    done = saving.save(session.desk, paths, prefix=prefix, dry_run=dry_run)
    if session.json:
        from casebook.render import pages

        say.answer(pages.saved_data(done))
        return 1 if any(one.findings for one in done) else 0
    if not done:
        say.line(_("Nothing to save: every file is as it was last saved."))
    for one in done:
        if one.findings:
            left = (
                _("Not saved: {path}. Your text is still in the file.")
                if session.desk.tree.holds(one.path)
                else _("Not saved: {path}. The file is gone; what was saved before is not.")
            )
            say.line(left.format(path=one.path))
            say.findings(one.findings)
            continue
        head = _("Would be saved: {path}") if dry_run else _("Saved: {path}")
        say.line(head.format(path=one.path))
        for sentence in one.what:
            say.line(f"  {sentence}")
        say.warnings(one.warnings)
    return 1 if any(one.findings for one in done) else 0

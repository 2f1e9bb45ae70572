"""The words of the fields of a kind of record, and of the choices a field has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook import i18n
from casebook.actions.lexicon import Meaning, Word, texts
from casebook.catalogue import locate
from casebook.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.catalogue import Kind


def words(kind: Kind) -> Iterator[Word]:
    """Every field, once a name and label, with all the lists it stands in; then its values."""
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    nodes: dict[tuple[str, ...], Mapping[str, Any]] = {}
    for pointer, name, node in _properties(kind.schema):
        label = i18n.label(node.get("x-label"), name)
        found.setdefault((name, label), []).append(pointer)
        nodes[pointer] = node
    for (name, label), pointers in found.items():
        node = nodes[pointers[0]]
        own = pointers[0][0] == "$defs"
        inside = tuple(f"{one[1]}.{name}" for one in pointers if one[0] == "$defs")

        def meaning(
            name: str = name,
            label: str = label,
            pointers: list[tuple[str, ...]] = pointers,
            node: Mapping[str, Any] = node,
            own: bool = own,
        ) -> Meaning:
            parts = sorted({one[1] for one in pointers if one[0] == "$defs"})
            lists = [i18n.label(kind.schema["$defs"][one].get("x-label"), one) for one in parts]
            if not own:
                lists.insert(0, i18n.label(kind.label, kind.name))
            said = (_("Stands in: {names}.").format(names=", ".join(lists)), *_about(node))
            path = f"{kind.files.folder}schema.json"
            line = locate(kind.files.raw_schema, pointers[0])[0]
            return Meaning(name, "field", _("field"), label, said, path, line)

        yield Word((name, *inside, *node.get("x-label", {}).values()), meaning)
    yield from _values(kind, nodes)


def _properties(
    schema: Mapping[str, Any],
) -> Iterator[tuple[tuple[str, ...], str, Mapping[str, Any]]]:
    for name, node in schema.get("properties", {}).items():
        yield ("properties", name), name, node
    for part, definition in schema.get("$defs", {}).items():
        for name, node in definition.get("properties", {}).items():
            if name != "id" or "enum" in node:
                yield ("$defs", part, "properties", name), name, node


def _about(node: Mapping[str, Any]) -> tuple[str, ...]:
    inner = node.get("items", node) if node.get("type") == "array" else node
    given = inner.get("x-labels", {})
    labels = {one: i18n.label(given.get(one), one) for one in inner.get("enum", ())}
    choices = [one if one == label else f"{one} ({label})" for one, label in labels.items()]
    return texts(
        i18n.label(node.get("x-ask"), ""),
        _("Choices: {names}.").format(names=", ".join(choices)) if choices else "",
        _("Form: {name}.").format(name=inner["format"]) if "format" in inner else "",
        _("Several values are possible.") if node.get("type") == "array" else "",
        _("May hold contact data.") if node.get("x-personal") == "allowed" else "",
    )


def _values(kind: Kind, nodes: Mapping[tuple[str, ...], Mapping[str, Any]]) -> Iterator[Word]:
    for pointer, node in nodes.items():
        inner = node.get("items", node) if node.get("type") == "array" else node
        field = i18n.label(node.get("x-label"), pointer[-1])
        steps = ("items",) if inner is not node else ()
        helps = inner.get("x-helps", {})
        for value, labels in inner.get("x-labels", {}).items():

            def meaning(
                value: str = value,
                labels: Mapping[str, str] = labels,
                field: str = field,
                helps: Mapping[str, Mapping[str, str]] = helps,
                pointer: tuple[str, ...] = (*pointer, *steps),
            ) -> Meaning:
                said = _("A choice of the field: {field}.").format(field=field)
                place = locate(kind.files.raw_schema, (*pointer, "x-labels", value))[0]
                path = f"{kind.files.folder}schema.json"
                label = i18n.label(labels, value)
                told = texts(i18n.label(helps.get(value), ""), said)
                return Meaning(value, "value", _("choice"), label, told, path, place)

            yield Word((value, *labels.values()), meaning)

"""The entry points: casebook, git-case, git-policy, case and policy.

Nothing is imported here but what ``--version`` needs, so that every command starts fast.
"""

import gc
import os
import sys

# A command makes up to some 300 000 objects that live at once, and ends; looking through them for
# circles finds nothing.
SELDOM = 1_000_000


def main(program: str = "casebook", argv: list[str] | None = None) -> None:
    """Run the umbrella command and leave with its exit code."""
    gc.set_threshold(SELDOM)
    leave(answer(program, sys.argv[1:] if argv is None else argv))


def answer(program: str, words: list[str]) -> int:
    """The exit code of a command, which has been carried out."""
    if words == ["--version"]:
        from casebook import __version__

        print(f"casebook {__version__}")
        return 0
    from casebook.cli import run

    return run(program, words)


def leave(code: int) -> None:
    """End the program, without taking apart what the system takes away in one go."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        sys.exit(code)  # Python says what it says of an output that does not work
    os._exit(code)


def main_case() -> None:
    """``git case`` (and ``case``): the umbrella's group of cases."""
    main("git case")


def main_policy() -> None:
    """``git policy`` (and ``policy``): the umbrella's group of policy."""
    main("git policy")


if __name__ == "__main__":
    main()

"""The entry points: casebook, git-case, git-policy, case and policy.

Nothing is imported here but what ``--version`` needs, so that every command starts fast.
"""

import sys


def main(program: str = "casebook", argv: list[str] | None = None) -> None:
    """Run the umbrella command and leave with its exit code."""
    words = sys.argv[1:] if argv is None else argv
    if words == ["--version"]:
        from casebook import __version__

        print(f"casebook {__version__}")
        sys.exit(0)
    from casebook.cli import run

    sys.exit(run(program, words))


def main_case() -> None:
    """``git case`` (and ``case``): the umbrella's group of cases."""
    main("git case")


def main_policy() -> None:
    """``git policy`` (and ``policy``): the umbrella's group of policy."""
    main("git policy")


if __name__ == "__main__":
    main()

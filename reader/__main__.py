"""`reader` and `python -m reader`."""

import sys


def main() -> None:
    """Run the command line."""
    try:
        from reader.cli.app import main as run  # noqa: PLC0415  # Ctrl+C counts while it loads, too

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()

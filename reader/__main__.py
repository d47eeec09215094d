"""`reader` and `python -m reader`."""

import os
import sys


def main() -> None:
    """Run the command line."""
    # For matrices as small as a story's, more threads only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from reader.cli.app import main as run  # noqa: PLC0415  # Ctrl+C counts while it loads, too

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()

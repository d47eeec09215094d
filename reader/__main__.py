"""`reader` and `python -m reader`."""


def main() -> None:
    """Run the command line."""
    from reader.cli.app import main as run  # noqa: PLC0415  # start-up stays light

    run()


if __name__ == "__main__":
    main()

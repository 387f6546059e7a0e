"""The command `backprop-explorer`, which is `python -m app` too."""

import gc


def main() -> None:
    """Run the command: what its modules make stays for good, so that until the server answers nothing is collected."""
    gc.disable()
    from app import cli

    cli.main()


if __name__ == "__main__":
    main()

"""The command `backprop-explorer`, which is `python -m app` too."""

import gc
import os


def main() -> None:
    """Run the command: what its modules make stays for good, so that until the server answers nothing is collected."""
    gc.disable()
    # Otherwise all that is installed is searched for plugins that would look at every model.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from app import cli

    cli.main()


if __name__ == "__main__":
    main()

"""`python -m service.cli` is the command `ieum`."""

from service.cli.commands import main

if __name__ == "__main__":
    main()

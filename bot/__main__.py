"""`python -m bot` is `mra-bot`."""

import sys

from bot.cli import main

sys.exit(main())

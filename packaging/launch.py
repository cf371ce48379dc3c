"""The first file the packaged program runs."""

import sys

from kotter_journal.__main__ import main

sys.exit(main())

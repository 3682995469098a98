"""``python -m refrain`` is ``refrain``."""

import sys

from ._command import main

sys.exit(main())

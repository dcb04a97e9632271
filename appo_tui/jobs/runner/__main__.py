"""``python -m appo_tui.jobs.runner``: started by jobs.launch, never by hand."""

import sys

from appo_tui.jobs.runner.process import main

sys.exit(main())

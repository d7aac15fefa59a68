#!/usr/bin/env python
"""Django's own command line; users have ``ecoute`` instead."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecoute.config.settings.base")
    sys.path.insert(0, "src")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)

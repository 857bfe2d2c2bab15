"""El corrector: juzga un programa por lo que hace. Empieza por `modelo.py`."""

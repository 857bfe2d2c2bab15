"""Pone en marcha `chatlab espia` desde la carpeta en que está chatlab.

python espia.py CARPETA [opciones de chatlab espia]
"""

import runpy
import sys

sys.path.append(sys.argv.pop(1))
runpy.run_module("chatlab.ordenes.espia", run_name="__main__", alter_sys=True)

"""Se convierte en un programa que tiene por terminal la de su entrada.

    python -I -S lanzador.py PYTHON ARGUMENTOS…

`subprocess` ya le ha dado una sesión propia (setsid(2)). Falta que esa terminal sea la suya: sin
eso no hay Ctrl+C. Se hace aquí, y no al bifurcar, porque quien arranca los programas tiene hilos.
"""

import fcntl
import os
import signal
import sys
import termios

fcntl.ioctl(0, termios.TIOCSCTTY, 0)
# Quien se arranca con «&» o con `nohup` no oye algunas señales, y lo hereda todo lo que arranca.
for senal in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(senal, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_SETMASK, ())
os.execv(sys.argv[1], sys.argv[1:])

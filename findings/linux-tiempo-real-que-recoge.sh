#!/usr/bin/env bash
# Linux 6.18: recoger (waitpid) a un hijo con hilos cuesta cientos de veces más a quien es de tiempo real,
# si hay alguien leyendo /proc.
#
# Al recoger, el núcleo borra lo que recordaba de /proc/PID (d_invalidate, fs/dcache.c). Si un hilo del hijo,
# o quien lo lee, está a medio borrar lo suyo, da vueltas hasta que acabe. Quien es SCHED_RR va por delante
# de los dos: si está en su mismo procesador, no los deja acabar, y gira hasta que el planificador los
# rescata, quizá un segundo después. Con prioridad -20 no pasa; y como el procesador se reparte antes entre
# sesiones (sched(7), «autogroup»), hay que poner también ahí el -20.
#
# Como root, y con el procesador ocupado.
set -euo pipefail
carpeta=$(mktemp -d)
trap 'rm -rf "$carpeta"' EXIT
uname -sr

cat >"$carpeta/recoger.py" <<'PY'
"""Los segundos de procesador que cuesta recoger a 30 hijos."""

import os
import signal
import sys
import threading
import time


def aparte(hacer):
    if pid := os.fork():
        return pid
    try:
        hacer()
    finally:
        os._exit(0)


def hijo():
    for _ in range(3):
        threading.Thread(target=signal.pause, daemon=True).start()
    signal.pause()


def leer_proc():
    while True:
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                for hilo in os.listdir(f"/proc/{pid}/task"):
                    with open(f"/proc/{pid}/task/{hilo}/status") as archivo:
                        archivo.read()
            except OSError:
                pass  # ha terminado mientras se miraba


def dar_vueltas():
    while True:
        pass


estorbos = [aparte(hacer) for hacer in (leer_proc, leer_proc, dar_vueltas, dar_vueltas)]
if sys.argv[1] == "real":
    os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(1))
else:
    os.setpriority(os.PRIO_PROCESS, 0, -20)
gastado = 0.0
for _ in range(30):
    pid = aparte(hijo)
    time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    antes = time.process_time()
    os.waitpid(pid, 0)
    gastado += time.process_time() - antes
for estorbo in estorbos:
    os.kill(estorbo, signal.SIGKILL)
    os.waitpid(estorbo, 0)
print(f"{gastado:.3f}")
PY
real=$(python3 "$carpeta/recoger.py" real)
normal=$(python3 "$carpeta/recoger.py" normal)
echo "recoger a 30 hijos: de tiempo real, $real s de procesador; con prioridad -20, $normal s"
awk -v real="$real" -v normal="$normal" 'BEGIN {exit !(real > 10 * normal)}'

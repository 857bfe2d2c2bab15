"""Dos personas piden a la vez el mismo nombre. ¿Cuántas entran?"""

import contextlib
import threading

sala = []


def entrar(nombre, puerta, llegada, medio):
    llegada.wait()
    with puerta:
        if nombre not in sala:
            try:
                medio.wait(timeout=0.1)
            except threading.BrokenBarrierError:
                pass  # el otro hilo no ha podido llegar hasta aquí
            sala.append(nombre)


def probar(puerta):
    sala.clear()
    argumentos = ("Ana", puerta, threading.Barrier(2), threading.Barrier(2))
    hilos = [
        threading.Thread(target=entrar, args=argumentos) for _ in range(2)
    ]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    print(sala)


print("Sin candado:")
probar(contextlib.nullcontext())
print("Con candado:")
probar(threading.Lock())

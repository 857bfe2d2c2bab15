"""Servidor de chat.

Protocolo: texto UTF-8, un mensaje por línea. La primera línea del cliente es su nombre.
"""
import argparse
import logging
import queue
import socket
import sys
import threading

MAX_LINEA = 8192
MAX_COLA = 1000


class Participante:
    def __init__(self, sala, conexion):
        self.sala = sala
        self.conexion = conexion
        self.cola = queue.Queue(MAX_COLA)
        self.nombre = None

    def encolar(self, texto):
        try:
            self.cola.put_nowait(texto)
        except queue.Full:
            self.cerrar()  # no lee nada desde hace mucho

    def cerrar(self):
        try:
            self.conexion.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def enviar(self):
        while (texto := self.cola.get()) is not None:
            try:
                self.conexion.sendall(texto.encode("utf-8") + b"\n")
            except OSError:
                return

    def atender(self):
        emisor = threading.Thread(target=self.enviar, daemon=True)
        emisor.start()
        try:
            with self.conexion.makefile("rb") as entrada:
                nombre = entrada.readline(MAX_LINEA).decode("utf-8", "replace").strip()
                if not nombre:
                    return
                self.nombre = self.sala.entrar(self, nombre)
                while linea := entrada.readline(MAX_LINEA):
                    texto = linea.decode("utf-8", "replace").strip()
                    if texto:
                        self.sala.difundir(f"{self.nombre}: {texto}", self)
        except OSError as error:
            logging.warning("%s: %s", self.nombre, error)
        finally:
            self.sala.salir(self)
            self.cola.put(None)
            self.conexion.close()


class Sala:
    def __init__(self):
        self.participantes = {}
        self.candado = threading.Lock()

    def entrar(self, participante, nombre):
        with self.candado:
            while nombre in self.participantes.values():
                nombre += "_"
            self.participantes[participante] = nombre
            presentes = ", ".join(self.participantes.values())
        participante.encolar(f"Están en la sala: {presentes}")
        self.difundir(f"{nombre} ha entrado", participante)
        return nombre

    def salir(self, participante):
        with self.candado:
            nombre = self.participantes.pop(participante, None)
        if nombre:
            self.difundir(f"{nombre} ha salido", participante)

    def difundir(self, texto, emisor):
        logging.info(texto)
        with self.candado:
            for participante in self.participantes:
                if participante is not emisor:
                    participante.encolar(texto)


def main():
    opciones = argparse.ArgumentParser(description="Servidor de chat")
    opciones.add_argument("--host", default="127.0.0.1")
    opciones.add_argument("--puerto", type=int, default=8765)
    args = opciones.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")

    sala = Sala()
    try:
        escucha = socket.create_server((args.host, args.puerto))
    except OSError as error:
        sys.exit(f"No puedo escuchar en {args.host}:{args.puerto}: {error}")
    with escucha:
        logging.info("Escuchando en %s:%d", args.host, args.puerto)
        try:
            while True:
                conexion, _ = escucha.accept()
                participante = Participante(sala, conexion)
                threading.Thread(target=participante.atender, daemon=True).start()
        except KeyboardInterrupt:
            logging.info("Hasta luego")


if __name__ == "__main__":
    main()

import socket
import threading

PUERTO = 9233
candado = threading.Lock()
presentes = []


class Atencion(threading.Thread):
    def __init__(self, conexion):
        super().__init__(daemon=True)
        self.conexion = conexion

    def run(self):
        entrada = self.conexion.makefile("r", encoding="utf-8", errors="replace", newline="\n")
        nombre = ""
        try:
            nombre = entrada.readline().strip()
            with candado:
                presentes.append(self)
            difundir(f"* {nombre} ha entrado", self)
            for linea in entrada:
                difundir(f"{nombre}: {linea.strip()}", self)
        except OSError:
            pass
        finally:
            with candado:
                if self in presentes:
                    presentes.remove(self)
            self.conexion.close()
            difundir(f"* {nombre} ha salido", self)


def difundir(texto, menos):
    with candado:
        destinos = [otro for otro in presentes if otro is not menos]
    for otro in destinos:
        try:
            otro.conexion.sendall((texto + "\n").encode("utf-8"))
        except OSError:
            pass


with socket.create_server(("localhost", PUERTO)) as escucha:
    try:
        while True:
            Atencion(escucha.accept()[0]).start()
    except KeyboardInterrupt:
        print("Hasta luego")

import socketserver
import threading

usuarios = {}
lock = threading.Lock()


def enviar_a_todos(mensaje, menos=None):
    with lock:
        for manejador in list(usuarios):
            if manejador is menos:
                continue
            try:
                manejador.wfile.write(mensaje.encode("utf-8") + b"\n")
            except OSError:
                pass


class ManejadorChat(socketserver.StreamRequestHandler):
    nombre = None

    def handle(self):
        try:
            self.nombre = self.rfile.readline().decode("utf-8").strip()
            if not self.nombre:
                return
            with lock:
                usuarios[self] = self.nombre
            enviar_a_todos(f"{self.nombre} entró al chat", self)
            for linea in self.rfile:
                texto = linea.decode("utf-8").strip()
                enviar_a_todos(f"{self.nombre}: {texto}", self)
        except ConnectionError:
            pass

    def finish(self):
        with lock:
            estaba = usuarios.pop(self, None)
        if estaba:
            enviar_a_todos(f"{self.nombre} salió del chat")
        try:
            super().finish()
        except OSError:
            pass


class ServidorChat(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    with ServidorChat(("0.0.0.0", 9999), ManejadorChat) as servidor:
        print("Servidor escuchando en el puerto 9999")
        try:
            servidor.serve_forever()
        except KeyboardInterrupt:
            print("\nServidor detenido")

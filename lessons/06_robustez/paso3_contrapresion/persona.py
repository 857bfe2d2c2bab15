"""Alguien que está en el chat, y lo que le falta por recibir: su cola."""

import queue
import socket
import threading

# Mensajes que caben en la cola, y segundos que se espera a que su dueño haga
# sitio.
TOPE = 100
PLAZO = 3
# Lo que se deja en la cola cuando ya no habrá más.
FIN = None


class Persona:
    """Su nombre, su conexión, su cola y el hilo que la vacía."""

    def __init__(self, nombre, conexion):
        self.nombre = nombre
        self.conexion = conexion
        self.cola = queue.Queue(maxsize=TOPE)
        self.enviador = threading.Thread(
            target=self.enviar_lo_de_su_cola, daemon=True
        )
        self.enviador.start()

    def enviar_lo_de_su_cola(self):
        """Envía, en su hilo, lo que llega a la cola. Si no cabe, espera."""
        try:
            while (mensaje := self.cola.get()) is not FIN:
                self.conexion.sendall(mensaje.encode("utf-8"))
        except OSError:
            self.vaciar()  # ya no está: que nadie espere por ella

    def dejar(self, mensaje, segundos):
        """Deja un mensaje en la cola; dice si ha cabido en esos segundos."""
        try:
            self.cola.put(mensaje, timeout=segundos)
        except queue.Full:
            return False
        return True

    def vaciar(self):
        """Tira lo que espera en la cola."""
        try:
            while True:
                self.cola.get_nowait()
        except queue.Empty:
            pass  # ya no queda nada

    def dejar_de_leerle(self):
        """Despierta al hilo que la lee: para él, es como si se hubiera ido."""
        self.cortar(socket.SHUT_RD)

    def despedir(self):
        """Le da un plazo para recibir lo que quede en su cola, y corta."""
        self.dejar(FIN, PLAZO)
        self.enviador.join(PLAZO)
        # Si el enviador sigue esperando, lo despierta.
        self.cortar(socket.SHUT_RDWR)

    def cortar(self, sentido):
        """Corta un sentido de la conexión, o los dos."""
        try:
            self.conexion.shutdown(sentido)
        except OSError:
            pass  # ya estaba cortada

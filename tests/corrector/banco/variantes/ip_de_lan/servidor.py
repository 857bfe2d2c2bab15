import socket
import threading

# IP de mi ordenador, si no funciona mirad la vuestra con ipconfig
HOST = "192.168.0.15"
PORT = 5001

class Servidor():
    def __init__(self):
        self.conexiones = []
        self.sock = socket.socket()
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.sock.bind((HOST, PORT))
        self.sock.listen(10)
        print("Servidor iniciado en", HOST, PORT)

    def a_todos(self, msg, conexion):
        for c in self.conexiones:
            try:
                if c != conexion:
                    c.send(msg.encode("utf8"))
            except:
                print("un cliente no responde")

    def cliente(self, conexion):
        nombre = None
        while True:
            try:
                data = conexion.recv(1024).decode("utf8")
            except:
                data = ""
            if data == "":
                break
            if nombre is None:
                # lo primero que manda el cliente es su nombre
                nombre = data
                self.a_todos(nombre + " se ha conectado", conexion)
            else:
                self.a_todos("[" + nombre + "]: " + data, conexion)
        self.conexiones.remove(conexion)
        conexion.close()
        if nombre is not None:
            self.a_todos(nombre + " se ha desconectado", conexion)

    def run(self):
        while True:
            conexion, addr = self.sock.accept()
            self.conexiones.append(conexion)
            hilo = threading.Thread(target=self.cliente, args=(conexion,))
            hilo.daemon = True
            hilo.start()

s = Servidor()
s.run()

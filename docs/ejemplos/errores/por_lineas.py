"""Un mensaje es una línea: da igual cómo lleguen cortados los bytes."""

import socket

servidor = socket.create_server(("localhost", 8000))
ana = socket.create_connection(("localhost", 8000))
conexion, direccion = servidor.accept()

for trozo in (b"uno\ndos\nma\xc3", b"\xb1ana\n"):
    ana.sendall(trozo)
ana.close()

buffer = b""
while datos := conexion.recv(8):
    buffer += datos
    while b"\n" in buffer:
        linea, buffer = buffer.split(b"\n", 1)
        print("Mensaje:", linea.decode("utf-8"))

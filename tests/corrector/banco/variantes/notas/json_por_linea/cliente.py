import json
import socket

with socket.create_connection(("127.0.0.1", 7000)) as conexion:
    lineas = []
    while (linea := input("Nota: ")) != "salir":
        if linea == ".":
            conexion.sendall(json.dumps({"lineas": lineas}).encode() + b"\n")
            lineas = []
        else:
            lineas.append(linea)

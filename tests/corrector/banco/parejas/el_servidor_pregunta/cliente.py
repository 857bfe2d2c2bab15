import socket

with socket.create_connection(("localhost", 8000)) as conexion:
    input("Pulsa Intro para empezar a escribir…")
    while (texto := input("Apunte: ")) != "salir":
        conexion.sendall((texto + "\n").encode())

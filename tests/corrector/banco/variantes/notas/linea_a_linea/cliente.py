import socket

conexion = socket.create_connection(("localhost", 5050))
print("Escribe notas; un punto acaba cada una. Ctrl+C para irte.")
try:
    while True:
        conexion.sendall(input().encode("utf-8") + b"\n")
except (KeyboardInterrupt, EOFError):
    conexion.close()

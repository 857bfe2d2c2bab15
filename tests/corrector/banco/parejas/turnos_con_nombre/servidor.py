import socket

with socket.create_server(("localhost", 9100)) as escucha:
    conexion, _ = escucha.accept()
    nombre = input("Nombre del servidor: ")
    with conexion, conexion.makefile(encoding="utf-8", newline="\n") as lector:
        try:
            for linea in lector:
                print("Cliente:", linea.rstrip())
                if linea.strip() == "salir":
                    break
                respuesta = input(f"{nombre}: ")
                conexion.sendall((respuesta + "\n").encode())
                if respuesta == "salir":
                    break
        except OSError:
            pass
print("Se acabó.")

import socket

usuario = input("Mi nombre de guerra: ")
with socket.create_connection(("localhost", 9100)) as conexion:
    lector = conexion.makefile(encoding="utf-8", newline="\n")
    try:
        while (texto := input(f"{usuario}: ")) != "salir":
            conexion.sendall((texto + "\n").encode())
            linea = lector.readline()
            if linea.strip() in ("", "salir"):
                print("El servidor se fue.")
                break
            print("Servidor:", linea.rstrip())
    except OSError:
        print("El servidor se cayó.")

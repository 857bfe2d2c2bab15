import json
import socket
import threading


def enviar(conexion, **datos):
    conexion.sendall((json.dumps(datos) + "\n").encode())


def recibir(conexion):
    try:
        for linea in conexion.makefile(encoding="utf-8"):
            datos = json.loads(linea)
            if datos["tipo"] == "mensaje":
                print(f"{datos['nombre']}: {datos['texto']}")
            else:
                print(f"* {datos['texto']} *")
    except OSError:
        pass
    print("* fin de la conexión *")


def main():
    nombre = input("Dime tu apodo: ")
    conexion = socket.create_connection(("localhost", 4000))
    enviar(conexion, tipo="entrar", nombre=nombre)
    threading.Thread(target=recibir, args=[conexion], daemon=True).start()
    print("Para terminar escribe SALIR")
    while True:
        texto = input()
        if texto == "SALIR":
            enviar(conexion, tipo="salir")
            break
        enviar(conexion, tipo="mensaje", texto=texto)


if __name__ == "__main__":
    main()

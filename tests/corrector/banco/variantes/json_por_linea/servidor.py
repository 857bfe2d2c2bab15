import json
import socket
import threading

conectados = {}
candado = threading.Lock()


def enviar(conexion, **datos):
    conexion.sendall((json.dumps(datos) + "\n").encode())


def enviar_a_otros(yo, **datos):
    with candado:
        otros = [c for c in conectados if c is not yo]
    for conexion in otros:
        try:
            enviar(conexion, **datos)
        except OSError:
            pass


def atender(conexion):
    nombre = None
    try:
        for linea in conexion.makefile(encoding="utf-8"):
            datos = json.loads(linea)
            if datos["tipo"] == "entrar":
                nombre = datos["nombre"]
                with candado:
                    conectados[conexion] = nombre
                enviar_a_otros(conexion, tipo="aviso", texto=f"{nombre} ha entrado")
            elif datos["tipo"] == "mensaje":
                enviar_a_otros(conexion, tipo="mensaje", nombre=nombre, texto=datos["texto"])
            elif datos["tipo"] == "salir":
                break
    except (OSError, ValueError, KeyError) as error:
        print("Se ha cortado:", error)
    with candado:
        conectados.pop(conexion, None)
    conexion.close()
    if nombre:
        enviar_a_otros(None, tipo="aviso", texto=f"{nombre} ha salido")


def main():
    servidor = socket.create_server(("localhost", 4000))
    print("Esperando en el puerto 4000")
    while True:
        conexion, _ = servidor.accept()
        threading.Thread(target=atender, args=[conexion], daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print()

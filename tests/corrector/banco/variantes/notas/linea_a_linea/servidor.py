"""Como el correo: cada línea viaja en cuanto se escribe, y un punto solo acaba la nota."""

import socket

MAX_NOTA = 1_000_000


def leer_nota(archivo):
    lineas = []
    tamano = 0
    while True:
        linea = archivo.readline(MAX_NOTA)
        tamano += len(linea)
        if not linea.endswith(b"\n") or tamano > MAX_NOTA:
            return None
        texto = linea.decode("utf-8").rstrip("\r\n")
        if texto == ".":
            return lineas
        lineas.append(texto)


def mostrar(numero, lineas):
    print(f"╭── Nota nº {numero} ──")
    for linea in lineas:
        print(f"│ {linea}")
    print("╰──")


servidor = socket.create_server(("0.0.0.0", 5050))
print("Esperando en el puerto 5050")
try:
    while True:
        conexion, _ = servidor.accept()
        numero = 0
        with conexion, conexion.makefile("rb") as archivo:
            try:
                while (lineas := leer_nota(archivo)) is not None:
                    numero += 1
                    mostrar(numero, lineas)
            except (OSError, UnicodeDecodeError) as error:
                print("Se acabó con este cliente:", error)
except KeyboardInterrupt:
    print("Hasta luego")

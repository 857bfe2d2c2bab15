# --8<-- [start:presentacion]
"""Bitácora, paso 1: un mensaje.

El servidor espera a un cliente, muestra el mensaje que le manda y termina.

    python servidor.py [puerto]

Lo que aún falla: solo recibe un mensaje, y para otro hay que arrancarlo de nuevo (paso 2).
Si el mensaje ocupa más de 1024 bytes, el final se pierde (paso 3). Si el cliente muere sin
cerrar, el servidor acaba con un error (paso 2).
"""
# --8<-- [end:presentacion]

# --8<-- [start:preparar]
import socket
import sys

HOST = "localhost"
PUERTO = 8000
# --8<-- [end:preparar]


# --8<-- [start:puerto]
def principal():
    puerto = int(sys.argv[1]) if len(sys.argv) > 1 else PUERTO
    # --8<-- [end:puerto]

    # --8<-- [start:crear]
    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # --8<-- [end:crear]
    # --8<-- [start:bind]
    try:
        servidor.bind((HOST, puerto))
    except OSError:
        sys.exit(f"No puedo usar el puerto {puerto}: ¿está ocupado? Usa otro o espera un minuto.")
    # --8<-- [end:bind]
    # --8<-- [start:escuchar]
    servidor.listen()
    puerto = servidor.getsockname()[1]
    print(f"[SERVIDOR] Servidor iniciado en {HOST}:{puerto}")
    # --8<-- [end:escuchar]

    # --8<-- [start:aceptar]
    conexion, direccion = servidor.accept()
    print(f"[CONEXIÓN] Cliente conectado desde {direccion}")
    # --8<-- [end:aceptar]

    # --8<-- [start:recibir]
    datos = conexion.recv(1024)
    mensaje = datos.decode("utf-8")
    print(f"[MENSAJE] «{mensaje}»")
    # --8<-- [end:recibir]

    # --8<-- [start:cerrar]
    # Espera a que el cliente cierre: quien cierra primero deja su puerto reservado un minuto.
    conexion.recv(1024)
    conexion.close()
    servidor.close()
    # --8<-- [end:cerrar]


# --8<-- [start:arranque]
if __name__ == "__main__":
    try:
        principal()
    except KeyboardInterrupt:
        print("\n[SERVIDOR] Servidor cerrado")
# --8<-- [end:arranque]

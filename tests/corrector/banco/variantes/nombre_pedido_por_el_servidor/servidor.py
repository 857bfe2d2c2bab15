import socket
import threading

servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
servidor.bind(("localhost", 12345))
servidor.listen()
print("Esperando conexiones...")

conectados = {}
candado = threading.Lock()


def enviar_a_los_demas(texto, emisor):
    with candado:
        for conexion in conectados:
            if conexion is not emisor:
                try:
                    conexion.sendall(texto.encode())
                except OSError:
                    pass


def atender(conexion):
    nombre = ""
    try:
        conexion.sendall("Bienvenido! Escribe tu nombre: ".encode())
        nombre = conexion.recv(1024).decode().strip()
        if nombre != "":
            with candado:
                conectados[conexion] = nombre
            conexion.sendall(f"Hola {nombre}, ya puedes escribir\n".encode())
            enviar_a_los_demas(f"## {nombre} se ha unido ##\n", conexion)
        while nombre != "":
            mensaje = conexion.recv(1024).decode().strip()
            if mensaje == "":
                break
            print(nombre, "->", mensaje)
            enviar_a_los_demas(f"{nombre} -> {mensaje}\n", conexion)
    except OSError as error:
        print("Error:", error)
    if conexion in conectados:
        with candado:
            del conectados[conexion]
        enviar_a_los_demas(f"## {nombre} se ha ido ##\n", conexion)
    conexion.close()


try:
    while True:
        conexion, direccion = servidor.accept()
        print("Se ha conectado", direccion)
        threading.Thread(target=atender, args=(conexion,), daemon=True).start()
except KeyboardInterrupt:
    print("Cerrado")

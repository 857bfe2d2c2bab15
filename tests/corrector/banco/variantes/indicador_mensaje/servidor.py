import socket
import threading

HOST = 'localhost'
PORT = 8080
MAXIMO = 10

lista_clientes = []   # cada elemento es una tupla (conexion, nombre)


def mandar_a_todos(mensaje, conexion_emisor):
    for conexion, nombre in lista_clientes.copy():
        if conexion != conexion_emisor:
            try:
                conexion.sendall(mensaje.encode('utf-8'))
            except Exception as e:
                print('No se ha podido enviar a', nombre, e)


def gestionar_cliente(conexion, direccion):
    nombre = ''
    try:
        nombre = conexion.recv(1024).decode('utf-8')
        lista_clientes.append((conexion, nombre))
        mandar_a_todos(f'SERVIDOR: {nombre} se ha conectado', conexion)
        while True:
            mensaje = conexion.recv(1024).decode('utf-8')
            if not mensaje:
                break
            print(f'Mensaje de {nombre} {direccion}: {mensaje}')
            mandar_a_todos(f'{nombre}: {mensaje}', conexion)
    except Exception as e:
        print('Error:', e)
    finally:
        if (conexion, nombre) in lista_clientes:
            lista_clientes.remove((conexion, nombre))
        conexion.close()
        if nombre:
            mandar_a_todos(f'SERVIDOR: {nombre} se ha desconectado', conexion)


def iniciar_servidor():
    servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    servidor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    servidor.bind((HOST, PORT))
    servidor.listen(MAXIMO)
    print(f'Servidor escuchando en {HOST}:{PORT}...')
    while True:
        try:
            conexion, direccion = servidor.accept()
        except KeyboardInterrupt:
            print('Servidor detenido por el usuario')
            break
        hilo = threading.Thread(target=gestionar_cliente, args=(conexion, direccion))
        hilo.daemon = True
        hilo.start()


if __name__ == '__main__':
    iniciar_servidor()

import ipaddress
import socket

while True:
    ip = input("server_ip (o salir para terminar): ")
    if ip == "salir":
        raise SystemExit
    try:
        ipaddress.ip_address(ip)
        break
    except ValueError:
        print("Eso no es una IP válida.")
while not (puerto := input('Puerto ("salir" para terminar): ')).isdigit():
    print("Tiene que ser un número.")
with socket.create_connection((ip, int(puerto))) as conexion:
    while (texto := input("Apunte: ")) != "salir":
        conexion.sendall((texto + "\n").encode())

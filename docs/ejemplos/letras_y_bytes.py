"""Una letra puede ser varios bytes, y un byte suelto, ninguna letra."""

for letra in "añ€😀":
    print(letra, list(letra.encode("utf-8")))

palabra = "mañana"
datos = palabra.encode("utf-8")
print(datos)
print(len(palabra), "letras,", len(datos), "bytes")

principio, final = datos[:3], datos[3:]
try:
    print(principio.decode("utf-8"))
except UnicodeDecodeError:
    print("No puedo leer", principio, "porque le falta media letra")
print(principio.decode("utf-8", errors="replace"))

print((principio + final).decode("utf-8"))

print(datos.decode("latin-1"))

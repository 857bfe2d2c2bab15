# --8<-- [start:tabla]
"""Una letra puede ocupar varios bytes, y un byte suelto puede no ser ninguna letra."""

for letra in "añ€😀":
    print(letra, list(letra.encode("utf-8")))
# --8<-- [end:tabla]

# --8<-- [start:ida]
palabra = "mañana"
datos = palabra.encode("utf-8")
print(datos)
print(len(palabra), "letras,", len(datos), "bytes")
# --8<-- [end:ida]

# --8<-- [start:partida]
principio, final = datos[:3], datos[3:]
try:
    print(principio.decode("utf-8"))
except UnicodeDecodeError:
    print("No puedo leer", principio, "porque le falta media letra")
print(principio.decode("utf-8", errors="replace"))
# --8<-- [end:partida]

# --8<-- [start:entera]
print((principio + final).decode("utf-8"))
# --8<-- [end:entera]

# --8<-- [start:otra-tabla]
print(datos.decode("latin-1"))
# --8<-- [end:otra-tabla]

letras = "añ"
datos = letras.encode("utf-8")
print(datos)  # → b'a\xc3\xb1'
print(len(datos))  # → 3
print(datos.decode("utf-8"))  # → añ
print(b"Hola\n" + b"Adios\n")  # → b'Hola\nAdios\n'

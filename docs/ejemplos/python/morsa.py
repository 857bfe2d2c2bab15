pendientes = [3, 2]
while pendientes and (numero := pendientes.pop()):
    print(numero)
# → 2
# → 3

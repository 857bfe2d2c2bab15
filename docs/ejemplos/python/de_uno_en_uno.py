def lineas():
    yield "primera"
    yield "segunda"


for linea in lineas():
    print(linea)
# → primera
# → segunda

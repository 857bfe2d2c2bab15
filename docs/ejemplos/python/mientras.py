cuenta = 3
while True:
    cuenta = cuenta - 1
    if cuenta == 0:
        break
print("Fin, con", cuenta)  # → Fin, con 0

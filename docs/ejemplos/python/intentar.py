try:
    numero = int("doce")
except ValueError:
    print("Eso no es un número")  # → Eso no es un número
finally:
    print("Esto se hace siempre")  # → Esto se hace siempre

for nombre in ["Ana", "Carlos"]:
    print("Hola,", nombre)
# → Hola, Ana
# → Hola, Carlos

nombres = ["Ana", "Eva", "Carlos"]
print([nombre.upper() for nombre in nombres])  # → ['ANA', 'EVA', 'CARLOS']
print([uno for uno in nombres if len(uno) == 3])  # → ['Ana', 'Eva']

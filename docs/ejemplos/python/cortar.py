frase = "mariposa"
print(frase[:4])  # → mari
print(frase[4:])  # → posa
print(frase[-1])  # → a
palabras = "uno dos tres"
print(palabras.split(" "))  # → ['uno', 'dos', 'tres']

edad = 15
if edad >= 18:
    print("adulta")
else:
    print("menor")  # → menor
print("adulta" if edad >= 18 else "menor")  # → menor

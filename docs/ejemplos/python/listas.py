personas = ["Ana", "Carlos"]
personas.append("Lucía")
print(personas[0])  # → Ana
print(len(personas))  # → 3
print("Eva" in personas)  # → False

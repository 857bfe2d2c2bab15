import random
from pathlib import Path

print(random.randint(1, 1))  # → 1
print(Path("notas.txt").name)  # → notas.txt

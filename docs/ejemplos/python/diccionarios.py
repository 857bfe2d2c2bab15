puertos = {"bitacora": 8000}
puertos["sala"] = 65434
print(puertos["sala"])  # → 65434
print(puertos.get("cine"))  # → None
del puertos["sala"]
print(puertos)  # → {'bitacora': 8000}

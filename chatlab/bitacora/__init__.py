"""Modo bitácora: el cliente escribe y el servidor apunta. Empieza por `servidor.py`.

servidor.py   apunta cada línea que recibe, y no contesta nunca
cuaderno.py   dónde las apunta: las numera y, si tiene archivo, las guarda
cliente.py    envía cada línea que escribes
"""

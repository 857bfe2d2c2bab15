"""Lo que Python no entiende al leer el programa."""

from tests.corrector.faltas.falta import falta

DE_SINTAXIS = [
    falta("comillas sin cerrar", "SyntaxError", 'print("hola)⟵\n', "cerrar las comillas"),
    falta("apóstrofo dentro", "SyntaxError", "print('it's')⟵\n", "comillas dobles"),
    falta("comillas triples", "SyntaxError", "x = '''hola⟵\nadiós\n", "otras tres comillas"),
    falta(
        "paréntesis sin cerrar",
        "SyntaxError",
        """
        import socket

        servidor = socket.socket(socket.AF_INET, socket.SOCK_STREAM⟵
        servidor.bind(("", 0))
        """,
        "Falta `)`",
    ),
    falta("corchete sin cerrar", "SyntaxError", "clientes = [⟵\nx = 1\n", "Falta `]`"),
    falta("llave sin cerrar", "SyntaxError", "clientes = {⟵\nx = 1\n", "Falta `}`"),
    falta("paréntesis de más", "SyntaxError", "print('hola'))⟵\n", "Quita el `)`"),
    falta("cierre cambiado", "SyntaxError", "x = (1, 2]⟵\n", "Pon `)` donde pone `]`"),
    falta("while sin dos puntos", "SyntaxError", "while True⟵\n    pass\n", "`while True:`"),
    falta("def sin dos puntos", "SyntaxError", "def f()⟵\n    pass\n", "`def f():`"),
    falta("def sin paréntesis", "SyntaxError", "def f:⟵\n    pass\n", "Añade `()`"),
    falta("else if", "SyntaxError", "if 1:\n    pass\nelse if 2:⟵\n    pass\n", "`elif`"),
    falta(
        "un igual para comparar",
        "SyntaxError",
        'mensaje = ""\nif mensaje = "salir":⟵\n    pass\n',
        '`if mensaje == "salir":`',
    ),
    falta("print sin paréntesis", "SyntaxError", "print 'hola'⟵\n", "`print('hola')`"),
    falta(
        "un programa de Python 2",
        "SyntaxError",
        "print 'hola'⟵\nprint 'adiós'\n",
        "los demás igual",
    ),
    falta("while mal escrito", "SyntaxError", "whlie True:⟵\n    pass\n", "`while`"),
    falta("for mal escrito", "SyntaxError", "fro i in range(3):⟵\n    pass\n", "`for`"),
    falta("import mal escrito", "SyntaxError", "improt socket⟵\n", "`import`"),
    falta("Import con mayúscula", "SyntaxError", "Import socket⟵\n", "`import`"),
    falta("impor en medio", "SyntaxError", "from socket impor socket⟵\n", "`import`"),
    falta("else sin if", "SyntaxError", "x = 1\nelse:⟵\n    pass\n", "`if`"),
    falta("incremento de C", "SyntaxError", "x = 1\nx++⟵\n", "+= 1"),
    falta("y de C", "SyntaxError", "while 1 && 2:⟵\n    pass\n", "`and`"),
    falta("no de C", "SyntaxError", "if !True:⟵\n    pass\n", "`not`"),
    falta("variable declarada", "SyntaxError", "let x = 3⟵\n", "nombre = valor"),
    falta("palabra reservada", "SyntaxError", "from = 3⟵\n", "`from_`"),
    falta("nombre con guion", "SyntaxError", "mi-nombre = 3⟵\n", "`mi_variable`"),
    falta("nombre que empieza por número", "SyntaxError", "1cliente = 3⟵\n", "`cliente1`"),
    falta("coma que falta", "SyntaxError", "print('hola' 3)⟵\n", "coma"),
    falta("try sin except", "SyntaxError", "try:\n    x = 1\nprint(2)⟵\n", "`except OSError:`"),
    falta(
        "except de Python 2",
        "SyntaxError",
        "try:\n    x = 1\nexcept OSError, error:⟵\n    pass\n",
        "`except OSError as error:`",
    ),
    falta("return fuera", "SyntaxError", "return 3⟵\n", "dentro del `def`"),
    falta("break fuera", "SyntaxError", "break⟵\n", "dentro del bucle"),
    falta("await fuera", "SyntaxError", "def f():\n    await g()⟵\n", "`async def f`"),
    falta("comillas de imprenta", "SyntaxError", "x = “hola”⟵\n", "comillas rectas"),
    falta("espacio duro", "SyntaxError", "x = 1\u00a0+ 2⟵\n", "espacios"),
    falta("bytes con tildes", "SyntaxError", 'x = b"adiós"⟵\n', '.encode("utf-8")'),
    falta("barra de Windows", "SyntaxError", 'open("C:\\Users\\ana")⟵\n', "`r`"),
    falta("f-string sin cerrar", "SyntaxError", 'x = 1\nprint(f"{x")⟵\n', "f-string"),
    falta("global tarde", "SyntaxError", "def f():\n    x = 1\n    global x⟵\n", "primera línea"),
    falta("argumento repetido", "SyntaxError", "print(end='', end='')⟵\n", "repetido"),
    falta("parámetro tras otro", "SyntaxError", "def f(a=1, b):⟵\n    pass\n", "no tienen `=`"),
    falta("a medias", "SyntaxError", "x = 1 +⟵\n", "Completa"),
    falta("no se sabe", "SyntaxError", "x = 3 4 5 = y⟵\n", "Revisa la línea"),
    falta("bloque vacío", "IndentationError", "def f():\nprint(1)⟵\n", "cuatro espacios", "`pass`"),
    falta("sangría de más", "IndentationError", "x = 1\n  y = 2⟵\n", "Quita los espacios"),
    falta(
        "sangría que no encaja",
        "IndentationError",
        "if True:\n    x = 1\n  y = 2⟵\n",
        "de cuatro en cuatro",
    ),
    falta("tabuladores", "TabError", "if True:\n\tx = 1\n        y = 2⟵\n", "solo espacios"),
]

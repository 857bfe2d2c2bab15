"""Escribe JSON sin importar `json`: el alumno puede tener un `json.py` en su carpeta."""

from __future__ import annotations

try:
    from _json import encode_basestring_ascii as citar
except ImportError:  # un Python sin la extensión

    def citar(texto: str, /) -> str:
        """El texto entre comillas, solo con ASCII, como lo quiere JSON."""
        return '"' + "".join(_escapar(letra) for letra in texto) + '"'


def _escapar(letra: str) -> str:
    if letra in '"\\':
        return "\\" + letra
    if " " <= letra <= "~":
        return letra
    unidades = letra.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{unidades[i : i + 4]}" for i in range(0, len(unidades), 4))


__all__ = ["citar"]

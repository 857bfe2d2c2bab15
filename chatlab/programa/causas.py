"""Por qué se niega el sistema, en español: lo que dice él está en inglés o en números."""

from __future__ import annotations

import errno

#: Cada frase va detrás de «No puedo … «archivo»: » (errno(3)).
_CAUSAS = {
    errno.ENOENT: "no existe su carpeta",
    errno.ENOTDIR: "no existe su carpeta",
    errno.EISDIR: "es una carpeta",
    errno.EACCES: "no tienes permiso",
    errno.EPERM: "no tienes permiso",
    errno.EROFS: "su disco es de solo lectura",
    errno.ENOSPC: "no queda espacio en el disco",
    errno.EDQUOT: "has gastado el espacio que te dejan usar en el disco",
}


def por_que(error: OSError) -> str:
    """La causa de un error del sistema, sin mayúscula ni punto; si no se conoce, lo que dice él."""
    return _CAUSAS.get(error.errno or 0, f"el sistema dice «{error.strerror or error}»")

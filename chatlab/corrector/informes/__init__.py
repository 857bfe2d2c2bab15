"""Los informes, para cada lector: `terminal` y `html`, para personas; `csv`, `junit` y `json`."""

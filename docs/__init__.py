"""El sitio, y en `taller/` lo que rehace lo que sus páginas incluyen."""

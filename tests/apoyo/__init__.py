"""Con qué se prueba: programas de verdad (`programa`) y conexiones de verdad (`conexion`)."""

"""La carpeta de una entrega: cuáles son sus programas, cómo se usan, y una copia de todo ello."""

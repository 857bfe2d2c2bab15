"""El chat de muchas personas. Toda esta carpeta vale para cualquier motor de ChatLab/1."""

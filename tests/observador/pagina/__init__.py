"""El modelo y la línea del tiempo de la página del observador."""

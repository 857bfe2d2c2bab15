"""El veredicto de cada comprobación, y por qué."""

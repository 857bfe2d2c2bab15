"""Lo que rehace las grabaciones, los diagramas, los mapas y los estados del sitio."""

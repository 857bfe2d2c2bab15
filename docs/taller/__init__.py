"""Lo que rehace las grabaciones, los diagramas y los mapas del sitio."""

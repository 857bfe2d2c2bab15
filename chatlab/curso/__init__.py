"""Las lecciones: dónde están y qué dicen."""

"""Corregir: una entrega, una clase, y lo que se recuerda de quien aprende."""

"""Las órdenes: `chatlab X` es `ordenes/X.py`, con su `principal`."""

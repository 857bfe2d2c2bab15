"""Los programas de una entrega en marcha: se arrancan, se espera y se mira. No se juzga nada."""

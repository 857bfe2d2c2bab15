// Guardar la grabación en un archivo de quien mira.
import { crear } from "./dom.js";

// Un nombre de archivo con letras que valen en cualquier sistema: «Ana y Carlos» es «ana-y-carlos».
export function nombreDeArchivo(titulo) {
  const plano = titulo.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return plano.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "pelicula";
}

// Descarga lo que hay en esa dirección; o, si no la hay, ese texto.
export function descargar({ direccion = null, texto = "", nombre = "" }) {
  const suelta = direccion ?? URL.createObjectURL(new Blob([texto], { type: "application/x-ndjson" }));
  const enlace = crear("a", { href: suelta, download: nombre });
  document.body.append(enlace);
  enlace.click();
  enlace.remove();
  if (!direccion) setTimeout(() => URL.revokeObjectURL(suelta), 60_000);
}

// Un texto de un programa, para donde cabe poco: sin nada que no se vea, y no muy largo.
import { aLaVista, acortar } from "../modelo/bytes.js";

export const LETRAS_DE_NOMBRE = 30;

// Lo corta antes de mirarlo: un programa puede llamarse como un libro entero.
export function enBreve(texto, letras = LETRAS_DE_NOMBRE) {
  return acortar(aLaVista(String(texto ?? "").slice(0, letras + 1)), letras);
}

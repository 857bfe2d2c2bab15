// Buscar en lo que va en orden, partiéndolo por la mitad.

/**
 * El primer número, de 0 a `fin`, que cumple eso; `fin`, si ninguno.
 * @param {number} fin
 * @param {function(number): boolean} cumple si uno cumple, también los que van detrás
 */
export function primeroQue(fin, cumple) {
  let [desde, hasta] = [0, fin];
  while (desde < hasta) {
    const medio = (desde + hasta) >> 1;
    if (cumple(medio)) hasta = medio;
    else desde = medio + 1;
  }
  return desde;
}

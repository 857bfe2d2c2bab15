// Las teclas de la línea del tiempo: de suceso en suceso, o de envío en envío.
import { primeroQue } from "../modelo/buscar.js";

const SUCESOS_DE_UN_SALTO = 10;

/**
 * El suceso al que lleva esa tecla desde el `n`; undefined, si no lleva a ninguno.
 * @param {KeyboardEvent} tecla
 * @param {Mundo} mundo
 */
export function destinoDeTecla(tecla, mundo, n) {
  if (tecla.ctrlKey || tecla.altKey || tecla.metaKey || tecla.shiftKey) return undefined;
  const destinos = {
    ArrowRight: () => n + 1,
    ArrowLeft: () => n - 1,
    ArrowDown: () => otroEnvio(mundo.flechas, n, 1),
    ArrowUp: () => otroEnvio(mundo.flechas, n, -1),
    PageDown: () => n + SUCESOS_DE_UN_SALTO,
    PageUp: () => n - SUCESOS_DE_UN_SALTO,
    Home: () => -1,
    End: () => mundo.sucesos.length - 1,
  };
  return destinos[tecla.key]?.();
}

/** El envío siguiente, o el anterior, a ese momento. */
function otroEnvio(flechas, n, sentido) {
  const siguiente = primeroQue(flechas.length, (i) => flechas[i].envio > n);
  const anterior = primeroQue(flechas.length, (i) => flechas[i].envio >= n) - 1;
  return flechas[sentido > 0 ? siguiente : anterior]?.envio ?? n;
}

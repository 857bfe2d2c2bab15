// Cómo se nombra a cada cual: «el servidor» lleva artículo, y «Ana» no.
import { acortar, aLaVista } from "./bytes.js";

const LETRAS_DE_UN_NOMBRE = 30;
/** Cómo se llama a quien está al otro lado y no lleva la sonda. */
export const DESCONOCIDO = "alguien";

/** «el servidor», pero «Ana»: los papeles llevan artículo. */
export function conArticulo(nombre) {
  const corto = acortar(aLaVista(nombre), LETRAS_DE_UN_NOMBRE);
  const minusculas = /^\p{Ll}/u.test(corto) && corto === corto.toLowerCase();
  const esPapel = minusculas || /^hijo \d/.test(corto);
  return esPapel && corto !== DESCONOCIDO ? `el ${corto}` : corto;
}

/** «del servidor», «de Ana». */
export function deQuien(conSuArticulo) {
  return conSuArticulo.startsWith("el ") ? `d${conSuArticulo}` : `de ${conSuArticulo}`;
}

/** «al servidor», «a Ana». */
export function aQuien(conSuArticulo) {
  return conSuArticulo.startsWith("el ") ? `a${conSuArticulo.slice(1)}` : `a ${conSuArticulo}`;
}

/** La misma frase, con mayúscula al principio: «el servidor» es «El servidor». */
export function conMayuscula(frase) {
  return frase.charAt(0).toUpperCase() + frase.slice(1);
}

/** «1 byte», «12 bytes», «65 536 bytes». */
export function contarCosas(cuantas, cosa, cosas = `${cosa}s`) {
  return `${enCifras(cuantas)} ${cuantas === 1 ? cosa : cosas}`;
}

/** Un número con sus miles separados, si tiene cinco cifras o más: «65 536». */
export function enCifras(numero) {
  const cifras = String(numero);
  return cifras.length < 5 ? cifras : cifras.replace(/\B(?=(\d{3})+$)/g, "\u00a0");
}

/** Unos segundos como se dicen: «0,25 s», «3,2 s», «1 min 5 s». */
export function duracionEnPalabras(segundos) {
  if (segundos >= 60) {
    const enteros = Math.round(segundos);
    const sueltos = enteros % 60 ? ` ${enteros % 60} s` : "";
    return `${Math.floor(enteros / 60)} min${sueltos}`;
  }
  const cifras = segundos >= 10 ? 0 : segundos >= 1 ? 1 : segundos >= 0.01 ? 2 : 3;
  return `${String(Number(segundos.toFixed(cifras))).replace(".", ",")} s`;
}

/** «el servidor», o «el hilo 2 del servidor» si entonces tenía más de uno. */
export function nombrarHilo(programa, h) {
  const quien = conArticulo(programa.nombre);
  if (Object.keys(programa.hilos).length < 2) return quien;
  return h === 1 ? `el hilo principal ${deQuien(quien)}` : `el hilo ${h} ${deQuien(quien)}`;
}

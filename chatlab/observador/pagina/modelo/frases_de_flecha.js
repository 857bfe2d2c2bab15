// Una flecha, contada con una frase: qué se envió, y en cuántos recv llegó.
import { aQuien, conArticulo, conMayuscula, contarCosas } from "./actores.js";
import { citar } from "./bytes.js";
import { otroLado, quienTiene } from "./conexiones.js";

const LETRAS_DE_UN_ENVIO = 40;

/** La flecha entera: «Ana envía 4 bytes al servidor, «hola»: los da un recv». */
export function fraseDeFlecha(mundo, flecha) {
  const quien = conMayuscula(nombreDe(mundo, flecha.p));
  const conexion = mundo.conexiones[flecha.c];
  const otro = quienTiene(conexion, otroLado(flecha.lado));
  const aCual = otro === null ? "a alguien sin sonda" : aQuien(nombreDe(mundo, otro));
  const cita = citar(flecha.datos, flecha.cuantos, LETRAS_DE_UN_ENVIO);
  const llega = otro === null ? "no se sabe si los lee" : comoLlega(flecha);
  return `${quien} envía ${contarCosas(flecha.cuantos, "byte")} ${aCual}, ${cita}: ${llega}.`;
}

function nombreDe(mundo, p) {
  return conArticulo(mundo.programas[p].nombre);
}

function comoLlega(flecha) {
  if (!flecha.cuantos) return "no viaja nada";
  if (!flecha.lecturas.length) return "nadie los lee";
  const letra = flecha.letra_cortada ? ", con una letra partida" : "";
  const falta = flecha.leidos < flecha.cuantos ? ", y no los leen todos" : "";
  if (flecha.cortado) return `llegan en ${flecha.lecturas.length} recv${letra}${falta}`;
  const juntos = flecha.pegados ? ", junto con los de otro envío" : "";
  return `los da un recv${juntos}${letra}${falta}`;
}

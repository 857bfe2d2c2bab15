// Los bytes que viajan: de base 64, de texto, y a la vista sin que manden sobre nada.

const A_BYTES = new TextEncoder();
const DE_UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** Lo que no se ve, o manda sobre lo que se ve: controles, marcas de dirección y sueltas. */
const NO_SE_VE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;
const CON_NOMBRE = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };
const LETRAS_QUE_SE_CITAN = 60;

/** Si ese valor son bytes escritos en base 64. */
export function esBase64(valor) {
  if (typeof valor !== "string" || valor.length % 4) return false;
  return /^[A-Za-z0-9+/]*={0,2}$/.test(valor);
}

/** Los bytes que lleva una línea de la grabación: los primeros de los que viajaron. */
export function bytesDeLinea({ texto = "", b64 }) {
  if (b64 === undefined) return A_BYTES.encode(texto);
  return Uint8Array.from(atob(b64), (letra) => letra.charCodeAt(0));
}

/** Si ese byte continúa una letra de UTF-8 que empezó antes. */
export function continuaLetra(byte) {
  return (byte & 0xc0) === 0x80;
}

/** Los bytes que ocupa la letra que empieza por ese; 0, si ninguna empieza por él. */
export function largoDeLetra(byte) {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

/** Los bytes que faltan para acabar la letra del final; 0, si está entera o no es UTF-8. */
export function faltanAlFinal(bytes) {
  for (let atras = 1; atras <= Math.min(3, bytes.length); atras++) {
    const byte = bytes[bytes.length - atras];
    if (!continuaLetra(byte)) return Math.max(0, largoDeLetra(byte) - atras);
  }
  return 0;
}

/** Los bytes del principio que acaban una letra empezada antes. */
export function restoAlPrincipio(bytes) {
  let cuantos = 0;
  while (cuantos < Math.min(3, bytes.length) && continuaLetra(bytes[cuantos])) cuantos++;
  return cuantos;
}

/** Si son texto, salvo que empiecen o acaben a media letra. */
export function parecenTexto(bytes) {
  const desde = restoAlPrincipio(bytes);
  const falta = faltanAlFinal(bytes);
  let hasta = bytes.length;
  if (falta) while (hasta > desde && continuaLetra(bytes[--hasta]));
  const texto = comoTexto(bytes.subarray(desde, hasta));
  return texto !== null && !/[\x00-\x08\x0e-\x1a]/.test(texto);
}

/** El texto de esos bytes; null, si no son UTF-8. */
export function comoTexto(bytes) {
  try {
    return DE_UTF8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** El texto con lo que no se ve a la vista, escrito como en Python: `\n`, `\x1b`, `\u202e`. */
export function aLaVista(texto) {
  let visible = "";
  for (const letra of String(texto)) {
    if (letra in CON_NOMBRE) visible += CON_NOMBRE[letra];
    else visible += NO_SE_VE.test(letra) ? escapada(letra.codePointAt(0)) : letra;
  }
  return visible;
}

/** Los bytes con lo que no es UTF-8 a la vista: `\xc3`. */
export function bytesALaVista(bytes) {
  const entero = comoTexto(bytes);
  if (entero !== null) return aLaVista(entero);
  let visible = "";
  for (let i = 0; i < bytes.length; ) {
    const largo = largoDeLetra(bytes[i]) || 1;
    const letra = comoTexto(bytes.subarray(i, i + largo));
    visible += letra === null ? escapada(bytes[i]) : aLaVista(letra);
    i += letra === null ? 1 : largo;
  }
  return visible;
}

/** Lo que ya está a la vista, más corto si es largo: nunca parte una letra. */
export function acortar(texto, maximo = LETRAS_QUE_SE_CITAN) {
  const letras = Array.from(texto);
  return letras.length <= maximo ? texto : `${letras.slice(0, maximo - 1).join("")}…`;
}

/** Entre comillas, lo que llevaba un envío de `cuantos` bytes del que se guardaron los primeros. */
export function citar(bytes, cuantos = bytes.length, maximo = LETRAS_QUE_SE_CITAN) {
  const visible = bytesALaVista(bytes);
  const corto = acortar(visible, maximo);
  return `«${corto}${cuantos > bytes.length && corto === visible ? "…" : ""}»`;
}

function escapada(numero) {
  if (numero < 0x100) return `\\x${numero.toString(16).padStart(2, "0")}`;
  if (numero < 0x10000) return `\\u${numero.toString(16).padStart(4, "0")}`;
  return `\\U${numero.toString(16).padStart(8, "0")}`;
}

// Las palabras de una línea de Python, para colorearlas. No la entiende: le basta con parecerse.

const PALABRAS =
  "False None True and as assert async await break class continue def del elif else except finally " +
  "for from global if import in is lambda nonlocal not or pass raise return try while with yield " +
  "match case";
const CLAVES = new Set(PALABRAS.split(" "));
const TROZOS =
  /(#.*$)|((?:\b[rbfuRBFU]{1,2})?(?:"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?))|(\b\d[\d_.]*\b)|(\b[\p{L}_][\p{L}\p{N}_]*\b)|([^#"'\p{L}\p{N}_]+|.)/gu;

// Los trozos de una línea: [clase, texto]. Juntos son la línea entera. `abierto` son las tres comillas
// de un texto que empezó en otra línea; null, si no hay ninguno. Devuelve también cómo se queda.
export function colorear(linea, abierto = null) {
  const trozos = [];
  let resto = linea;
  while (resto) {
    if (abierto) {
      const final = resto.indexOf(abierto);
      const hasta = final < 0 ? resto.length : final + 3;
      trozos.push(["texto", resto.slice(0, hasta)]);
      resto = resto.slice(hasta);
      if (final < 0) return { trozos, abierto };
      abierto = null;
    } else {
      const empieza = /"""|'''/.exec(sinComentario(resto));
      const hasta = empieza ? empieza.index : resto.length;
      trozos.push(...deCodigo(resto.slice(0, hasta)));
      if (!empieza) break;
      abierto = empieza[0];
      trozos.push(["texto", abierto]);
      resto = resto.slice(hasta + 3);
    }
  }
  return { trozos, abierto };
}

function sinComentario(codigo) {
  const comentario = /^(?:[^#"']|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')*(?=#)/.exec(codigo);
  return comentario ? comentario[0] : codigo;
}

function deCodigo(codigo) {
  return [...codigo.matchAll(TROZOS)].map(([todo, comentario, texto, numero, nombre]) => {
    if (comentario) return ["comentario", todo];
    if (texto) return ["texto", todo];
    if (numero) return ["numero", todo];
    if (nombre && CLAVES.has(nombre)) return ["clave", todo];
    return ["", todo];
  });
}

// Las teclas de la página, y qué hace cada una. La ayuda se escribe con esta misma tabla.

// [cómo se escribe, qué hace]
export const TECLAS = [
  ["Espacio", "Reproducir o parar"],
  ["→ y ←", "Un suceso adelante o atrás"],
  ["Mayús+→ y Mayús+←", "Un segundo adelante o atrás"],
  ["Inicio y Fin", "Al principio o al final"],
  ["+ y -", "Más deprisa o más despacio"],
  ["1 … 9", "Ver el código de ese programa"],
  ["T", "Ir a la terminal del programa elegido"],
  ["D", "Volver a «En directo»"],
  ["?", "Esta ayuda"],
  ["Esc dos veces, o Ctrl+Alt+↑", "Salir de una terminal"],
  ["Ctrl+Alt+→ y Ctrl+Alt+←", "Pasar a la terminal siguiente o a la anterior"],
];

// La orden que da una tecla, con lo que le hace falta: ["paso", 1]; null si no es de la página.
export function ordenDeTecla(evento) {
  if (evento.ctrlKey || evento.altKey || evento.metaKey) return null;
  const mayus = evento.shiftKey;
  const { key } = evento;
  if (key === " ") return ["alternar"];
  if (key === "ArrowRight") return mayus ? ["salto", 1] : ["paso", 1];
  if (key === "ArrowLeft") return mayus ? ["salto", -1] : ["paso", -1];
  if (key === "Home") return ["principio"];
  if (key === "End") return ["final"];
  if (key === "+") return ["velocidad", 1];
  if (key === "-") return ["velocidad", -1];
  if (/^[1-9]$/.test(key)) return ["programa", Number(key)];
  if (key === "t" || key === "T") return ["terminal"];
  if (key === "d" || key === "D") return ["directo"];
  if (key === "?") return ["ayuda"];
  return null;
}

// Si esa tecla la quiere para sí el elemento en el que se pulsa: un botón, su barra espaciadora.
export function esDelElemento(evento) {
  const { target, key } = evento;
  if (target.closest("textarea, [contenteditable]")) return true;
  if (target.closest("select")) return key !== "?" && !/^[1-9]$/.test(key);
  if (target.closest("input")) return key !== " " && key !== "?";
  if (target.closest("button, a, summary")) return key === " " || key === "Enter";
  return false;
}

// En qué está cada hilo de un programa, como etiquetas: una palabra y, además, un color.
import { estadoEnCorto, estadoEnPalabras } from "../modelo/frases_de_hilo.js";
import { estadoVisible } from "../modelo/hilos.js";
import { enBreve } from "../piezas/breve.js";
import { crear } from "../piezas/dom.js";

// El nombre corto de un hilo: «principal», «hilo 2».
export function nombreDeHilo(h) {
  return Number(h) === 1 ? "principal" : `hilo ${h}`;
}

// Los hilos que siguen vivos de un programa, del principal en adelante.
export function hilosVivos(programa) {
  return Object.values(programa?.hilos ?? {}).filter((hilo) => hilo.vivo);
}

// La etiqueta de un hilo; si es el único, sobra su nombre.
export function etiquetaDeHilo(hilo, programa, conNombre) {
  const palabras = estadoEnPalabras(hilo, programa);
  const suyo = hilo.nombre ? `, «${enBreve(hilo.nombre, 40)}»` : "";
  return crear(
    "span",
    {
      class: "en-que-esta",
      "data-estado": estadoVisible(hilo, programa),
      title: `${nombreDeHilo(hilo.h)}${suyo}: ${palabras}`,
    },
    conNombre ? `${nombreDeHilo(hilo.h)}: ${estadoEnCorto(hilo, programa)}` : palabras,
  );
}

// Lo que más importa de un programa, delante: puede que lo demás no quepa.
const DELANTE = ["candado", "send", "trabaja", "connect"];

function importancia(hilo) {
  const sitio = DELANTE.indexOf(hilo.estado);
  return sitio < 0 ? DELANTE.length : sitio;
}

// Las etiquetas de todos los hilos de un programa, en el menor sitio: los que están igual, juntos.
export function etiquetasDe(programa) {
  const vivos = hilosVivos(programa);
  if (vivos.length === 1) return [etiquetaDeHilo(vivos[0], programa, false)];
  const iguales = new Map();
  for (const hilo of vivos) {
    const palabras = estadoEnCorto(hilo, programa);
    iguales.set(palabras, [...(iguales.get(palabras) ?? []), hilo]);
  }
  const grupos = [...iguales].sort(([, a], [, b]) => importancia(a[0]) - importancia(b[0]));
  return grupos.map(([palabras, hilos]) => {
    const cuales = hilos.map(({ h }) => nombreDeHilo(h)).join(", ");
    const quienes = hilos.length > 1 ? `${hilos.length} hilos` : cuales;
    const largas = estadoEnPalabras(hilos[0], programa);
    const atributos = { "data-estado": estadoVisible(hilos[0], programa), title: `${cuales}: ${largas}` };
    return crear("span", { class: "en-que-esta", ...atributos }, `${quienes}: ${palabras}`);
  });
}

// Cómo ha acabado un programa, en una etiqueta.
export function etiquetaDeFinal(programa) {
  const { codigo } = programa;
  const mal = codigo !== 0 && codigo !== null;
  const como = codigo === null ? "" : codigo < 0 ? ` (señal ${-codigo})` : ` (código ${codigo})`;
  const palabras = `ha terminado${mal ? como : ""}`;
  return crear("span", { class: "en-que-esta", "data-estado": mal ? "mal" : "terminado" }, palabras);
}

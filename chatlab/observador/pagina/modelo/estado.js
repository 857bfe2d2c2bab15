// Cómo está todo en un momento: los programas, sus hilos y sus conexiones.
import { conArticulo, deQuien } from "./actores.js";
import { cambiarConexiones } from "./conexiones.js";
import { cambiarHilos, hiloNuevo } from "./hilos.js";

/** Cómo está todo antes del primer suceso. */
export function estadoInicial() {
  return { n: -1, t: 0, programas: {}, conexiones: {}, escuchas: {} };
}

/** Cambia ese estado con lo que pasa en el suceso siguiente. */
export function aplicar(estado, suceso) {
  estado.n = suceso.n;
  estado.t = suceso.t;
  if (suceso.que === "programa") {
    estado.programas[suceso.p] = programaNuevo(suceso, estado);
  } else if (suceso.p !== undefined && suceso.que !== "marca") {
    // De quien no se dijo que empezaba, porque la grabación está recortada, se sabe ahora.
    const programa = (estado.programas[suceso.p] ??= programaNuevo(suceso, estado));
    cambiarHilos(programa, suceso);
    cambiarConexiones(estado, suceso);
  }
}

/** Una copia que puede cambiar sin que cambie el original. */
export function copiarEstado(estado) {
  const { n, t } = estado;
  const escuchas = { ...estado.escuchas };
  const programas = {};
  for (const [p, uno] of Object.entries(estado.programas)) {
    const hilos = {};
    for (const [h, hilo] of Object.entries(uno.hilos)) hilos[h] = { ...hilo };
    programas[p] = { ...uno, hilos };
  }
  const conexiones = {};
  for (const [c, una] of Object.entries(estado.conexiones)) conexiones[c] = copiarConexion(una);
  return { n, t, programas, conexiones, escuchas };
}

function copiarConexion(una) {
  const { tienen, sentidos } = una;
  return {
    ...una,
    tienen: { llama: [...tienen.llama], acepta: [...tienen.acepta] },
    sentidos: { llama: { ...sentidos.llama }, acepta: { ...sentidos.acepta } },
  };
}

function programaNuevo(suceso, estado) {
  return {
    p: suceso.p,
    nombre: nombreDePrograma(suceso, Object.values(estado.programas)),
    papel: String(suceso.papel ?? "programa"),
    archivo: typeof suceso.archivo === "string" ? suceso.archivo : null,
    padre: suceso.padre ?? null,
    vivo: true,
    codigo: null,
    parado: false,
    hilos: { 1: hiloNuevo(1, "", suceso.n) },
  };
}

/** Un proceso bifurcado se llama como su padre: se le nombra por él, «hijo 1 del servidor». */
function nombreDePrograma({ p, nombre, padre }, programas) {
  const suyo = String(nombre ?? `programa ${p}`);
  const suPadre = programas.find((uno) => uno.p === padre);
  if (suPadre?.nombre !== suyo) return suyo;
  const hermanos = programas.filter((uno) => uno.padre === padre).length;
  return `hijo ${hermanos + 1} ${deQuien(conArticulo(suyo))}`;
}

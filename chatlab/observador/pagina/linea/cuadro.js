// Un cuadro de la línea: todo lo que se ve, pintado en orden.
import { ALTO_DE_REGLA } from "./filas.js";
import { pintarCandados } from "./pintar_candados.js";
import { pintarColgadas, pintarFlechas, pintarLasDeAhora } from "./pintar_flechas.js";
import { pintarMarcas } from "./pintar_marcas.js";
import { pintarCabeza, pintarEsperas, pintarFuturo } from "./pintar_regla.js";
import { pintarMomento, pintarRegla } from "./pintar_regla.js";
import { pintarCarriles } from "./pintar_tiras.js";
import { Rotulos } from "./rotulos.js";

/**
 * Pinta lo que se ve. En `vista` va todo lo que hace falta, y quedan `pintados` (cuántas cosas),
 * `lineas` y `flechas` (las que se ven) y `dicho` (lo escrito de lo que ya ha pasado).
 */
export function pintarCuadro(vista) {
  const { pincel, tinta, ventana } = vista;
  Object.assign(vista, { pintados: 0, dicho: [] });
  pincel.fillStyle = tinta.colores.fondo;
  pincel.fillRect(ventana.x0, ventana.y0, ventana.ancho, ventana.alto);
  pincel.save();
  pincel.beginPath();
  pincel.rect(ventana.x0, ventana.y0 + ALTO_DE_REGLA, ventana.ancho, ventana.alto);
  pincel.clip();
  pintarLoQuePasa(vista);
  pincel.restore();
  vista.rotulos = new Rotulos(pincel, tinta, ventana);
  pintarRegla(vista);
  vista.rotulos.colocar();
  vista.dicho.push(...vista.rotulos.escribir());
  pintarCabeza(vista);
}

function pintarLoQuePasa(vista) {
  const { ventana } = vista;
  const marco = { ...ventana, y0: ventana.y0 + ALTO_DE_REGLA + 1 };
  const rotulos = new Rotulos(vista.pincel, vista.tinta, marco);
  vista.rotulos = rotulos;
  pintarCarriles(vista);
  pintarEsperas(vista);
  pintarFlechas(vista);
  pintarCandados(vista);
  pintarMarcas(vista);
  rotulos.colocar();
  const ahora = vista.eje.x(vista.n) + 1;
  const haPasado = (pedido) => pedido.ahora === true || pedido.x <= ahora;
  rotulos.escribir((pedido) => !haPasado(pedido));
  pintarFuturo(vista);
  pintarMomento(vista);
  pintarLasDeAhora(vista);
  pintarColgadas(vista);
  vista.dicho.push(...rotulos.escribir(haPasado));
}

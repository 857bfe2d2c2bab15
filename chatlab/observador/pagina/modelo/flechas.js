// Las flechas: de cada envío a las lecturas que se llevaron sus bytes, por su sitio en el flujo.
import { primeroQue } from "./buscar.js";
import { faltanAlFinal, parecenTexto, restoAlPrincipio } from "./bytes.js";
import { otroLado } from "./conexiones.js";

/** Las flechas de una grabación, que crecen con ella. */
export class Flechas {
  constructor() {
    /** Todas, por el orden de sus envíos. */
    this.todas = [];
    this._deEnvio = new Map();
    this._deLectura = new Map();
    this._flujos = new Map();
  }

  /** La flecha que sale de ese envío. */
  deEnvio(n) {
    return this._deEnvio.get(n);
  }

  /** Lo que se llevó ese `recv`: de qué envíos eran sus bytes, y si parte una letra. */
  deLectura(n) {
    return this._deLectura.get(n);
  }

  /** Tiene en cuenta un suceso más. */
  anadir(suceso) {
    if (suceso.lado !== "llama" && suceso.lado !== "acepta") return;
    if (suceso.que === "send") this._envio(suceso);
    if (suceso.que === "recv") this._lectura(suceso);
  }

  _envio(suceso) {
    const flecha = flechaDe(suceso);
    this.todas.push(flecha);
    this._deEnvio.set(suceso.n, flecha);
    const flujo = this._flujo(suceso.c, suceso.lado);
    intercalar(flujo.envios, flecha);
    // Casi nunca hay: nadie lee antes de que se envíe, salvo que la grabación esté recortada.
    for (const lectura of losQueTocan(flujo.lecturas, flecha)) unir(flecha, lectura);
  }

  _lectura(suceso) {
    const lectura = lecturaDe(suceso);
    this._deLectura.set(suceso.n, lectura);
    if (!lectura.cuantos) return;
    const flujo = this._flujo(suceso.c, lectura.lado);
    const sitio = intercalar(flujo.lecturas, lectura);
    for (const flecha of losQueTocan(flujo.envios, lectura)) unir(flecha, lectura);
    mirarLetra(flujo.lecturas, sitio - 1);
    mirarLetra(flujo.lecturas, sitio);
  }

  _flujo(c, lado) {
    const clave = `${c} ${lado}`;
    if (!this._flujos.has(clave)) this._flujos.set(clave, { envios: [], lecturas: [] });
    return this._flujos.get(clave);
  }
}

function flechaDe({ n, c, lado, p, h = 1, desde = 0, cuantos, veces = 1, datos }) {
  return {
    c,
    lado,
    p,
    h,
    envio: n,
    desde,
    hasta: desde + cuantos,
    cuantos,
    veces,
    datos,
    /** Los números de los `recv` que se llevaron sus bytes, y qué se llevó cada uno. */
    lecturas: [],
    trozos: [],
    leidos: 0,
    pegados: false,
    cortado: false,
    letra_cortada: false,
  };
}

function lecturaDe({ n, c, lado, p, h = 1, desde = 0, cuantos, veces = 1, datos }) {
  return {
    n,
    c,
    /** El lado del que vienen los bytes. */
    lado: otroLado(lado),
    p,
    h,
    desde,
    hasta: desde + cuantos,
    cuantos,
    veces,
    datos,
    /** Los números de sus envíos, y las flechas que llegan a ella. */
    envios: [],
    flechas: [],
    /** Bytes de los que no se sabe el envío: los envió alguien sin sonda. */
    sin_origen: cuantos,
    pegados: false,
    letra_cortada: false,
    /** Bytes que le faltan a su última letra, y los que acaban la que empezó en la anterior. */
    faltan: 0,
    resto: 0,
  };
}

/** Pone un tramo en su sitio entre los demás, casi siempre el último, y dice cuál es. */
function intercalar(tramos, nuevo) {
  let sitio = tramos.length;
  while (sitio > 0 && tramos[sitio - 1].desde > nuevo.desde) sitio--;
  tramos.splice(sitio, 0, nuevo);
  return sitio;
}

/** Los tramos que comparten algún byte con ese, en orden. */
function losQueTocan(tramos, { desde, hasta }) {
  const primero = primeroQue(tramos.length, (i) => tramos[i].hasta > desde);
  let ultimo = primero;
  while (ultimo < tramos.length && tramos[ultimo].desde < hasta) ultimo++;
  return tramos.slice(primero, ultimo).filter((uno) => uno.cuantos > 0);
}

function unir(flecha, lectura) {
  const desde = Math.max(flecha.desde, lectura.desde);
  const cuantos = Math.min(flecha.hasta, lectura.hasta) - desde;
  if (cuantos <= 0) return;
  flecha.trozos.push({ lectura: lectura.n, desde, cuantos, parte_letra: false });
  flecha.lecturas.push(lectura.n);
  flecha.leidos += cuantos;
  lectura.envios.push(flecha.envio);
  lectura.flechas.push(flecha);
  lectura.sin_origen = Math.max(0, lectura.sin_origen - cuantos);
  marcar(flecha, lectura);
}

/** Una línea que resume varias llamadas no dice si alguna cortó o juntó. */
function marcar(flecha, lectura) {
  if (lectura.envios.length > 1 && lectura.veces === 1) {
    lectura.pegados = true;
    for (const una of lectura.flechas) una.pegados = true;
  }
  if (flecha.lecturas.length > 1 && flecha.veces === 1) flecha.cortado = true;
}

/** Si entre una lectura y la siguiente, que puede no haber llegado, se parte una letra. */
function mirarLetra(lecturas, sitio) {
  const [anterior, lectura, siguiente] = [-1, 0, 1].map((mas) => lecturas[sitio + mas]);
  if (lectura === undefined) return;
  const faltan = faltanTras(lectura, anterior);
  const seguida = siguiente !== undefined && siguiente.desde === lectura.hasta;
  const resto = seguida ? Math.min(faltan, restoAlPrincipio(siguiente.datos)) : faltan;
  lectura.letra_cortada = resto > 0;
  lectura.faltan = resto > 0 ? faltan : 0;
  if (seguida) siguiente.resto = resto;
  for (const flecha of lectura.flechas) apuntarLetra(flecha, lectura);
}

/** Los bytes que le faltan a la última letra de una lectura, si lo que dio es texto. */
function faltanTras({ desde, cuantos, datos, veces }, anterior) {
  if (veces > 1 || datos.length < cuantos) return 0;
  const debia = anterior?.hasta === desde ? anterior.faltan : 0;
  const soloSigue = debia > cuantos && restoAlPrincipio(datos) === cuantos;
  if (soloSigue) return debia - cuantos;
  return parecenTexto(datos) ? faltanAlFinal(datos) : 0;
}

function apuntarLetra(flecha, lectura) {
  const trozo = flecha.trozos.find((uno) => uno.lectura === lectura.n);
  trozo.parte_letra = lectura.letra_cortada && lectura.hasta < flecha.hasta;
  flecha.letra_cortada = flecha.trozos.some((uno) => uno.parte_letra);
}

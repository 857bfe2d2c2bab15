// Lo que hacen los sockets, con palabras: quién llama, qué se envía y qué da cada recv.
import { aQuien, conArticulo, contarCosas, deQuien, nombrarHilo } from "./actores.js";
import { acortar, aLaVista, citar } from "./bytes.js";
import { enCamino, otroLado, quienTiene } from "./conexiones.js";

const EN_LETRAS = "cero un dos tres cuatro cinco seis siete ocho nueve".split(" ");
const ENVIOS_QUE_SE_CITAN = 3;
const LETRAS_DE_CADA_UNO = 24;
/** Lo que un error quiere decir seguro, y lo que suele querer decir. */
const ERRORES = {
  ConnectionRefusedError: ["Allí no escucha nadie.", ""],
  ConnectionResetError: ["El otro lado ha roto la conexión.", "Probablemente cerró sin leer todo."],
  BrokenPipeError: ["Ya no se puede enviar por ahí.", "Probablemente el otro lado ha cerrado."],
  TimeoutError: ["Se acabó su plazo.", ""],
  BlockingIOError: ["Habría tenido que esperar, y pidió no hacerlo.", ""],
};

function hace(contexto) {
  return nombrarHilo(contexto.programa, contexto.suceso.h ?? 1);
}

/** Quién está al otro lado, se haya aceptado ya o no; null, si no lleva la sonda. */
function otroDe({ suceso, conexion, mundo }) {
  const lado = otroLado(suceso.lado);
  return (conexion && quienTiene(conexion, lado)) ?? mundo.conexiones[suceso.c]?.[lado] ?? null;
}

function conQuien(contexto) {
  const otro = otroDe(contexto);
  return otro === null ? "alguien sin sonda" : contexto.quien(otro);
}

function donde(direccion) {
  return direccion ? ` ${acortar(aLaVista(direccion), 50)}` : "";
}

function sinLeer(contexto, pendientes, cuantos) {
  const otro = otroDe(contexto);
  if (otro === null) return "Quien los recibe no lleva la sonda: no se sabe si los lee.";
  const quien = conArticulo(contexto.mundo.programas[otro].nombre);
  const inicio = quien.charAt(0).toUpperCase() + quien.slice(1);
  if (pendientes <= 0) return `${inicio} ya los ha leído.`;
  if (pendientes > cuantos)
    return `${inicio} tiene ya ${contarCosas(pendientes, "byte")} sin leer.`;
  return cuantos === 1 ? `${inicio} aún no lo ha leído.` : `${inicio} aún no los ha leído.`;
}

/** De qué envíos eran los bytes: de uno entero, de varios juntos, o de una parte. */
function deQueEnvios(contexto, lectura) {
  const { flechas } = lectura;
  const cita = `: ${citar(lectura.datos, lectura.cuantos)}`;
  if (!flechas.length) return ` ${deQuien(conQuien(contexto))}${cita}`;
  const conocidos = flechas.length === 1 ? "" : enviosJuntos(contexto, flechas);
  if (conocidos) return `: ${conocidos}${quePartes(lectura)}`;
  const [flecha] = flechas;
  if (flecha.cuantos === lectura.cuantos) return ` ${deQuien(conQuien(contexto))}${cita}`;
  if (flecha.veces > 1) return ` ${deQuien(conQuien(contexto))}${cita}`;
  return `${cita}, ${queParte(flecha, lectura)} de un envío de ${contarCosas(flecha.cuantos, "byte")}`;
}

function enviosJuntos(contexto, flechas) {
  const cuantos = EN_LETRAS[flechas.length] ?? flechas.length;
  const varios = flechas.some((una) => una.veces > 1);
  if (varios) return `varios envíos ${deQuien(conQuien(contexto))}`;
  const citas = flechas
    .slice(0, ENVIOS_QUE_SE_CITAN)
    .map((una) => citar(una.datos, una.cuantos, LETRAS_DE_CADA_UNO));
  const juntos = `${cuantos} envíos juntos`;
  if (flechas.length > ENVIOS_QUE_SE_CITAN) return `${juntos}, ${citas.join(", ")}…`;
  return `${juntos}, ${citas.slice(0, -1).join(", ")} y ${citas[citas.length - 1]}`;
}

function quePartes({ flechas, desde, hasta }) {
  const partes = [];
  if (flechas[0].desde < desde) partes.push("del primero, solo el final");
  if (flechas[flechas.length - 1].hasta > hasta) partes.push("del último, solo el principio");
  return partes.length ? `; ${partes.join(", y ")}` : "";
}

function queParte(flecha, { desde, hasta }) {
  if (desde === flecha.desde) return "el principio";
  return hasta === flecha.hasta ? "el final" : "un trozo de en medio";
}

function deLaLetra({ cuantos, faltan, resto }) {
  const falta = faltan === 1 ? "falta 1 byte" : `faltan ${faltan} bytes`;
  if (faltan && resto === cuantos) return `; es un trozo de una letra partida: ${falta}`;
  const empieza = resto ? "; empieza por el resto de una letra partida" : "";
  return faltan ? `${empieza}; acaba con una letra partida: ${falta}` : empieza;
}

function finDelFlujo(contexto) {
  const { conexion, suceso, mundo } = contexto;
  const lado = otroLado(suceso.lado);
  const da = `recv da ${aQuien(hace(contexto))} 0 bytes`;
  if (conexion[lado] !== null && conexion.tienen[lado].length === 0)
    return `${da}: ${conQuien(contexto)} ha cerrado la conexión.`;
  const porSiMismo = mundo.dejaDeLeer(suceso.c, suceso.lado, suceso.n);
  if (!conexion.sentidos[lado].fin && porSiMismo)
    return `${da}: ${contexto.quien()} ha dejado de leer (shutdown).`;
  return `${da}: ${conQuien(contexto)} no va a enviar más.`;
}

function dichoPor(mensaje) {
  return mensaje ? `«${acortar(aLaVista(mensaje))}».` : "";
}

/** Las frases de lo que pasa en los sockets. */
export const frasesDeRed = {
  bind(contexto) {
    const { direccion, detalle } = contexto.suceso;
    return `${hace(contexto)} elige su dirección${donde(direccion ?? detalle)} (bind).`;
  },

  listen(contexto) {
    return `${hace(contexto)} escucha en${donde(contexto.suceso.direccion) || " un puerto"}.`;
  },

  connect(contexto) {
    const { suceso, conexion } = contexto;
    const otro = otroDe(contexto);
    if (otro === null) return `${hace(contexto)} conecta con${donde(suceso.remoto) || " alguien"}.`;
    const quien = contexto.quien(otro);
    const aceptada = conexion.acepta !== null;
    const enLaFila = aceptada ? "" : " Su llamada espera en la fila: nadie la ha aceptado aún.";
    return `${hace(contexto)} conecta con ${quien}.${enLaFila}`;
  },

  accept(contexto) {
    return `accept da ${aQuien(hace(contexto))} la conexión ${deQuien(conQuien(contexto))}.`;
  },

  hereda(contexto) {
    const cual = `la conexión con ${conQuien(contexto)}`;
    return `${contexto.quien()} tiene también, desde que nace, ${cual}.`;
  },

  send(contexto) {
    const { suceso, conexion } = contexto;
    const { cuantos, datos, lado, veces } = suceso;
    if (!cuantos) return `${hace(contexto)} llama a send con 0 bytes: no viaja nada.`;
    const que = `${contarCosas(cuantos, "byte")} ${aQuien(conQuien(contexto))}`;
    if (suceso.deducido === true)
      return `${hace(contexto)} envió ${que}: ${citar(datos, cuantos)}. Se sabe porque se leen.`;
    const enVarios = veces > 1 ? `, en ${veces} envíos` : "";
    const dicho = `${hace(contexto)} envía ${que}${enVarios}: ${citar(datos, cuantos)}.`;
    return `${dicho} ${sinLeer(contexto, enCamino(conexion, lado), cuantos)}`;
  },

  recv(contexto) {
    const { suceso, mundo } = contexto;
    if (!suceso.cuantos) return finDelFlujo(contexto);
    const lectura = mundo.lecturaDe(suceso.n);
    const da = `recv da ${aQuien(hace(contexto))} ${contarCosas(suceso.cuantos, "byte")}`;
    if (suceso.veces > 1) return `${da} ${deQuien(conQuien(contexto))}, en ${suceso.veces} veces.`;
    const letra = deLaLetra(lectura);
    return `${da}${deQueEnvios(contexto, lectura)}${letra}.`;
  },

  shutdown(contexto) {
    const { sentido } = contexto.suceso;
    const quien = conQuien(contexto);
    const yo = hace(contexto);
    if (sentido === "leer") return `${yo} no va a leer más ${deQuien(quien)} (shutdown).`;
    const ni = sentido === "escribir" ? "" : ", ni a leer";
    return `${yo} no va a enviar más ${aQuien(quien)}${ni} (shutdown).`;
  },

  close(contexto) {
    const { suceso, conexion } = contexto;
    const quien = conQuien(contexto);
    const alTerminar = suceso.por === "fin";
    const cierra = alTerminar
      ? `al terminar ${contexto.quien()}, el sistema cierra su conexión con ${quien}.`
      : `${hace(contexto)} cierra su conexión con ${quien}.`;
    if (!conexion) return `${hace(contexto)} cierra un socket.`;
    const quedan = enCamino(conexion, otroLado(suceso.lado));
    if (conexion.tienen[suceso.lado].length || quedan <= 0) return cierra;
    const seQuedan = quedan === 1 ? "Se queda" : "Se quedan";
    return `${cierra} ${seQuedan} sin leer ${contarCosas(quedan, "byte")} ${deQuien(quien)}.`;
  },

  fallo(contexto) {
    const { operacion, error, mensaje } = contexto.suceso;
    const cual = acortar(aLaVista(error ?? "un error"), 40);
    const sabido = Object.hasOwn(ERRORES, error) ? ERRORES[error] : [dichoPor(mensaje), ""];
    const [seguro, probable] = sabido;
    const que = `${acortar(aLaVista(operacion ?? "una operación"), 30)}: ${cual}.`;
    return [`${aQuien(hace(contexto))} le falla ${que} ${seguro}`.trim(), probable];
  },

  prohibido(contexto) {
    const { detalle } = contexto.suceso;
    const adonde = donde(detalle) || " otra máquina";
    return `${hace(contexto)} quiere conectar con${adonde}: aquí no se puede.`;
  },

  udp(contexto) {
    return `${hace(contexto)} abre un socket UDP: de lo que lleva no se cuenta nada.`;
  },
};

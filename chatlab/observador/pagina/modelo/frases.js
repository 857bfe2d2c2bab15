// El suceso de un momento, contado con una frase. Lo seguro y lo probable se dicen por separado.
import { aQuien, conArticulo, conMayuscula, deQuien, enCifras } from "./actores.js";
import { acortar, aLaVista } from "./bytes.js";
import { frasesDeHilo } from "./frases_de_hilo.js";
import { frasesDeRed } from "./frases_de_red.js";

/** Se escriben así también al principio de una frase. */
const NOMBRES_DE_LLAMADAS = /^(recv|accept) /;
/** Las señales que pueden terminar un programa, por su número. */
const SENALES = {
  2: "SIGINT",
  6: "SIGABRT",
  9: "SIGKILL",
  11: "SIGSEGV",
  13: "SIGPIPE",
  15: "SIGTERM",
};

/**
 * El suceso `n`, contado con una frase; antes del primero, que no ha pasado nada.
 * @param {Mundo} mundo
 * @param {number} n
 * @returns {string} texto: nunca HTML
 */
export function frase(mundo, n) {
  const { seguro, probable } = fraseEnPartes(mundo, n);
  return probable ? `${seguro} ${probable}` : seguro;
}

/** La frase en dos partes: lo que se sabe seguro y, si hay algo más, lo que es probable. */
export function fraseEnPartes(mundo, n) {
  const suceso = mundo.sucesos[n];
  if (suceso === undefined) return { seguro: "Aún no ha pasado nada.", probable: "" };
  const contado = contar(new Contexto(mundo, suceso));
  const [seguro, probable = ""] = Array.isArray(contado) ? contado : [contado];
  return { seguro: NOMBRES_DE_LLAMADAS.test(seguro) ? seguro : conMayuscula(seguro), probable };
}

/** Lo que hace falta para contar un suceso: cómo estaba todo y cómo se llama cada cual. */
class Contexto {
  constructor(mundo, suceso) {
    this.mundo = mundo;
    this.suceso = suceso;
    this.antes = mundo.estadoEn(suceso.n - 1);
    this.estado = mundo.estadoEn(suceso.n);
  }

  /** Con su artículo, el programa de ese número; undefined es el del suceso. */
  quien(p = this.suceso.p) {
    const programa = this.estado.programas[p] ?? this.mundo.programas[p];
    return programa ? conArticulo(programa.nombre) : "alguien";
  }

  /** El programa del suceso. */
  get programa() {
    return this.estado.programas[this.suceso.p];
  }

  /** La conexión del suceso, como queda. */
  get conexion() {
    return this.estado.conexiones[this.suceso.c];
  }
}

function contar(contexto) {
  const { que } = contexto.suceso;
  const como = DE_TERMINAL[que] ?? frasesDeHilo[que] ?? frasesDeRed[que];
  return como ? como(contexto) : `${contexto.quien()}: ${aLaVista(que)}.`;
}

// Una marca la escribe el corrector, o quien enseña: se lee entera.
const LETRAS_DE_UNA_MARCA = 250;

function citaCorta(texto) {
  return acortar(aLaVista(texto ?? ""));
}

/** Lo que sale en una pantalla, o se teclea, como se ve en ella: la barra invertida no se dobla. */
function citaDePantalla(texto) {
  const lineas = texto.split("\n").map((linea) => linea.split("\\").map(aLaVista).join("\\"));
  return acortar(lineas.join(" ⏎ "));
}

/** Las frases de los programas y sus terminales. */
const DE_TERMINAL = {
  programa(contexto) {
    const { orden, padre } = contexto.suceso;
    const quien = contexto.quien();
    if (padre) return `${quien} nace ${deQuien(contexto.quien(padre))}: es una copia suya (fork).`;
    const tecleado = Array.isArray(orden) && orden.length ? ` (${citaCorta(orden.join(" "))})` : "";
    return `empieza ${quien}${tecleado}.`;
  },

  termina(contexto) {
    const { codigo } = contexto.suceso;
    const quien = contexto.quien();
    if (codigo < 0) return `termina ${quien}, por la señal ${SENALES[-codigo] ?? -codigo}.`;
    if (codigo > 0) return `termina ${quien}, con el código ${codigo}: dice que algo ha ido mal.`;
    return `termina ${quien}.`;
  },

  pantalla(contexto) {
    // Lo que se teclea también sale, y no lo escribe el programa: la frase no dice quién.
    const { texto } = contexto.suceso;
    const pantalla = `la pantalla ${deQuien(contexto.quien())}`;
    if (typeof texto !== "string") return `en ${pantalla} sale algo que no es texto.`;
    const sinFinal = texto.replace(/\r\n/g, "\n").replace(/^\n+|\n+$/g, "");
    if (!sinFinal) return `${pantalla} pasa a la línea siguiente.`;
    return `en ${pantalla} sale: «${citaDePantalla(sinFinal)}».`;
  },

  tecla(contexto) {
    const texto = String(contexto.suceso.texto ?? "");
    const donde = `en la terminal ${deQuien(contexto.quien())}`;
    if (texto === "\u0003") return `se pulsa Ctrl+C ${donde}.`;
    if (texto === "\u0004") return `se pulsa Ctrl+D ${donde}: se acabó la entrada.`;
    const linea = contexto.mundo.tecleadoEn(contexto.suceso.n);
    if (linea === undefined) return `se teclea «${citaDePantalla(texto)}» ${donde}.`;
    if (!linea) return `se pulsa Intro ${donde}.`;
    if (texto.length > 1) return `se teclea «${citaDePantalla(linea)}» e Intro ${donde}.`;
    return `se pulsa Intro ${donde}: se ha tecleado «${citaDePantalla(linea)}».`;
  },

  tamano(contexto) {
    const { filas, columnas } = contexto.suceso;
    const medidas = `${enCifras(Number(filas))} filas y ${enCifras(Number(columnas))} columnas`;
    return `la terminal ${deQuien(contexto.quien())} mide ahora ${medidas}.`;
  },

  senal(contexto) {
    const { senal: cual } = contexto.suceso;
    const quien = contexto.quien();
    if (cual === "SIGINT") return `llega Ctrl+C ${aQuien(quien)} (SIGINT).`;
    if (cual === "SIGSTOP") return `el sistema para ${aQuien(quien)} (SIGSTOP): no hace nada hasta que siga.`;
    if (cual === "SIGCONT") return `${quien} sigue donde estaba (SIGCONT).`;
    if (cual === "SIGKILL") return `el sistema mata ${aQuien(quien)} (SIGKILL).`;
    return `llega ${aQuien(quien)} la señal ${citaCorta(cual)}.`;
  },

  marca(contexto) {
    return acortar(aLaVista(contexto.suceso.texto ?? ""), LETRAS_DE_UNA_MARCA);
  },

  muestreo({ suceso }) {
    if (suceso.motivo === "lleno") return "la grabación está llena: desde aquí solo se guarda cómo acaba cada programa.";
    return "la grabación ya es muy grande: desde aquí se guarda solo una muestra de los datos.";
  },
};

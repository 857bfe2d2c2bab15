// El juguete del candado: dos hilos que tocan lo mismo, y tú eliges cuál da el paso siguiente.
(() => {
  const { crear, boton, control, lista, caja, programa, pregonero, montar } = window.juguetes;

  const SUMAR = ["copia = contador", "contador = copia + 1"];
  const ENTRAR = ['if "Ana" not in sala:', '    sala.append("Ana")'];

  // Cada caso: los datos comunes, el código de los dos hilos, lo que hace cada línea, y cómo debe acabar.
  // Una línea da el número de la siguiente; si no es una de las suyas, el hilo ha acabado.
  const CASOS = {
    contador: {
      titulo: "contar: se pierde una suma",
      datos: { contador: 0 },
      codigo: [SUMAR, SUMAR],
      lineas: [
        (datos, suyo) => ((suyo.copia = datos.contador), 1),
        (datos, suyo) => ((datos.contador = suyo.copia + 1), 2),
      ],
      bien: (datos) => datos.contador === 2,
      debia: "contador debía valer 2: una suma se ha perdido",
    },
    nombre: {
      titulo: "entrar con un nombre libre",
      datos: { sala: [] },
      codigo: [ENTRAR, ENTRAR],
      lineas: [
        (datos) => (datos.sala.includes("Ana") ? 2 : 1),
        (datos) => (datos.sala.push("Ana"), 2),
      ],
      bien: (datos) => datos.sala.length === 1,
      debia: "solo cabía una Ana: las dos miraron antes de que ninguna se apuntase",
    },
    recorrer: {
      titulo: "difundir mientras alguien se va",
      datos: { clientes: ["Ana", "Carlos", "Lucía"], recibido: [] },
      codigo: [
        ["for cliente in clientes:", "    recibido.append(cliente)"],
        ['clientes.remove("Ana")'],
      ],
      lineas: [
        (datos, suyo) => {
          suyo.van ??= 0;
          if (suyo.van >= datos.clientes.length) return 2;
          suyo.cliente = datos.clientes[suyo.van++];
          return 1;
        },
        (datos, suyo) => (datos.recibido.push(suyo.cliente), 0),
      ],
      lineasDelOtro: [(datos) => (datos.clientes.splice(datos.clientes.indexOf("Ana"), 1), 1)],
      bien: (datos) => ["Carlos", "Lucía"].every((uno) => datos.recibido.includes(uno)),
      debia: "Carlos no se ha ido, y se ha quedado sin el mensaje",
    },
  };

  const codigo = (caso, hilo, conCandado) => {
    const lineas = CASOS[caso].codigo[hilo];
    return conCandado ? ["with candado:", ...lineas.map((linea) => `    ${linea}`)] : lineas;
  };

  // --- El modelo ---

  class Carrera {
    constructor(caso, conCandado) {
      const { datos, lineas, lineasDelOtro } = CASOS[caso];
      this.caso = CASOS[caso];
      this.datos = structuredClone(datos);
      this.conCandado = conCandado;
      this.duenio = null;
      this.hilos = [lineas, lineasDelOtro ?? lineas].map((suyas) => ({
        lineas: suyas,
        linea: conCandado ? -1 : 0, // la -1 es la del candado
        suyo: {},
        esperando: false,
        acabado: false,
      }));
    }

    // El hilo da un paso: ejecuta una línea, o se queda esperando el candado que tiene el otro.
    sigue(numero) {
      const hilo = this.hilos[numero];
      if (hilo.acabado) return;
      if (hilo.linea < 0) {
        hilo.esperando = this.duenio !== null;
        if (hilo.esperando) return;
        this.duenio = numero;
        hilo.linea = 0;
        return;
      }
      hilo.linea = hilo.lineas[hilo.linea](this.datos, hilo.suyo);
      if (hilo.linea < hilo.lineas.length) return;
      hilo.acabado = true;
      if (this.conCandado) this.duenio = null; // al salir del `with`, el candado se suelta
    }

    puede(numero) {
      const { acabado, esperando } = this.hilos[numero];
      return !acabado && !(esperando && this.duenio !== null);
    }

    get acabada() {
      return this.hilos.every((hilo) => hilo.acabado);
    }
  }

  // --- La página ---

  const valor = (algo) =>
    Array.isArray(algo) ? `[${algo.map((uno) => JSON.stringify(uno)).join(", ")}]` : String(algo);

  function frase(carrera, numero, linea) {
    if (numero === null) return "Ningún hilo ha empezado. Elige cuál da el primer paso.";
    const { datos, caso, hilos, duenio } = carrera;
    const quien = `El hilo ${numero + 1}`;
    if (carrera.acabada) {
      const final = Object.entries(datos).map(([nombre, algo]) => `${nombre} = ${valor(algo)}`);
      const todo = `Los dos han acabado: ${final.join(", ")}.`;
      return caso.bien(datos) ? `Bien. ${todo}` : `Roto. ${todo} Pero ${caso.debia}.`;
    }
    if (hilos[numero].acabado) return `${quien} ha acabado${carrera.conCandado ? ", y suelta el candado" : ""}.`;
    if (hilos[numero].esperando) return `${quien} espera: el candado lo tiene el hilo ${duenio + 1}.`;
    if (linea === "with candado:") return `${quien} ha tomado el candado.`;
    return `${quien} ha ejecutado «${linea}».`;
  }

  function construir() {
    const caso = lista(Object.entries(CASOS).map(([clave, { titulo }]) => [clave, titulo]), "contador");
    const conCandado = crear("input", { type: "checkbox" });
    const cuadros = [0, 1].map((numero) => programa(`El hilo ${numero + 1}`));
    const botones = [0, 1].map((numero) => boton(`Sigue el hilo ${numero + 1}`, () => hacer(numero)));
    const datos = caja("Lo que comparten");
    const candado = caja("El candado");
    const elegidos = caja("Lo que has elegido");
    const pasa = pregonero();
    let carrera;
    let orden;

    function otraVez() {
      carrera = new Carrera(caso.value, conCandado.checked);
      orden = [];
      cuadros.forEach((cuadro, numero) => cuadro.poner(codigo(caso.value, numero, conCandado.checked)));
      mostrar(null);
    }

    function hacer(numero) {
      if (!carrera.puede(numero)) return;
      const { linea } = carrera.hilos[numero];
      const texto = codigo(caso.value, numero, conCandado.checked)[linea + Number(conCandado.checked)];
      carrera.sigue(numero);
      orden.push(numero + 1);
      mostrar(numero, texto.trim());
    }

    function mostrar(numero, texto) {
      carrera.hilos.forEach(({ linea, suyo, esperando, acabado }, cual) => {
        const notas = Object.entries(suyo).filter(([nombre]) => nombre !== "van");
        const sabe = notas.map(([nombre, algo]) => `${nombre}: ${valor(algo)}`).join(", ");
        const espera = esperando && carrera.duenio !== null;
        const nota = espera ? "espera" : sabe;
        cuadros[cual].senalar(acabado ? -1 : linea + Number(conCandado.checked), espera ? "espera" : "", nota);
        botones[cual].setAttribute("aria-disabled", !carrera.puede(cual));
      });
      datos.poner(
        ...Object.entries(carrera.datos).map(([nombre, algo]) => crear("div", {}, `${nombre} = ${valor(algo)}`)),
      );
      candado.fuera.hidden = !conCandado.checked;
      candado.poner(carrera.duenio === null ? "suelto" : `lo tiene el hilo ${carrera.duenio + 1}`);
      elegidos.poner(orden.join(" ") || "nada");
      pasa.decir(frase(carrera, numero, texto));
    }

    const columna = (numero) =>
      crear("div", { class: "juguete-hilo" }, crear("strong", {}, `Hilo ${numero + 1}`), cuadros[numero].fuera, botones[numero]);
    otraVez();
    return [
      crear(
        "div",
        { class: "juguete-mandos" },
        control("Qué hacen los dos hilos", caso, otraVez),
        control("Con candado", conCandado, otraVez),
      ),
      crear("div", { class: "juguete-escena" }, columna(0), columna(1)),
      pasa.fuera,
      crear("div", { class: "juguete-escena" }, datos.fuera, candado.fuera, elegidos.fuera),
      crear("div", { class: "juguete-botones" }, boton("Desde el principio", otraVez)),
    ];
  }

  window.juguetes.candado = { CASOS, Carrera, codigo };
  montar("candado", construir);
})();

// El juguete de la fila: un servidor que escucha, clientes que llaman, y quién espera dónde.
(() => {
  const { crear, boton, control, lista, caja, programa, pregonero, montar, contar } = window.juguetes;

  const NOMBRES = ["Ana", "Carlos", "Lucía", "Eva", "Hugo", "Inés", "Leo", "Marta"];
  const codigo = (caben) => [
    `servidor.listen(${caben})`,
    "while True:",
    "    conexion, direccion = servidor.accept()",
    "    atender(conexion)",
  ];

  // --- El modelo ---

  // La fila de un servidor, como la lleva Linux: con listen(n) caben n + 1.
  class Fila {
    constructor(caben) {
      Object.assign(this, { sitio: caben + 1, fila: [], fuera: [], atendidos: [], aceptando: false });
    }

    llama(quien) {
      if (this.aceptando) {
        this.aceptando = false;
        this.atendidos.push(quien);
      } else if (this.fila.length < this.sitio) this.fila.push(quien);
      else this.fuera.push(quien);
    }

    // El servidor saca al primero; si no hay nadie, espera a que alguien llame.
    acepta() {
      if (this.fila.length) this.atendidos.push(this.fila.shift());
      else this.aceptando = true;
    }

    // Los sistemas de quienes esperan en connect vuelven a llamar, cada uno por su cuenta.
    reintentan() {
      for (const quien of this.fuera.splice(0)) this.llama(quien);
    }
  }

  // --- La página ---

  const personas = (quienes, clase) => quienes.map((quien) => crear("span", { class: clase }, quien));

  function frase(fila, que, quien) {
    const donde = (nombre) =>
      fila.atendidos.includes(nombre)
        ? "y accept vuelve con su conexión"
        : fila.fila.includes(nombre)
          ? "y su connect ha vuelto: está en la fila, aunque el programa no sabe nada"
          : "y no cabe en la fila: espera en connect";
    if (que === "llama") return `Llama ${quien}, ${donde(quien)}.`;
    if (que === "acepta" && fila.aceptando) return "No hay nadie en la fila: el servidor espera, parado en accept.";
    if (que === "acepta") return `accept saca de la fila a ${fila.atendidos.at(-1)}. Queda un sitio.`;
    if (que === "reintentan")
      return fila.fuera.length
        ? `Vuelven a llamar. En la fila hay ${fila.fila.length}, y fuera ${contar(fila.fuera.length, "cliente")}.`
        : "Vuelven a llamar, y ya no espera nadie en connect.";
    return "El servidor escucha, y no acepta a nadie. Llama.";
  }

  function construir() {
    const caben = lista([0, 1, 2, 3].map((n) => [n, `listen(${n})`]), 2);
    const cuadro = programa("El servidor");
    const fuera = caja("Esperan en connect");
    const dentro = caja("");
    const atendidos = caja("El servidor ya tiene");
    const pasa = pregonero();
    const llama = boton("Llama otro cliente", () => hacer("llama"));
    const acepta = boton("El servidor hace accept", () => hacer("acepta"));
    const reintentan = boton("Quien espera vuelve a llamar", () => hacer("reintentan"));
    let fila;
    let llegados;

    const puede = {
      llama: () => llegados < NOMBRES.length,
      acepta: () => !fila.aceptando,
      reintentan: () => fila.fuera.length > 0,
    };

    function otraVez() {
      fila = new Fila(Number(caben.value));
      llegados = 0;
      cuadro.poner(codigo(caben.value));
      mostrar("");
    }

    function hacer(que) {
      if (!puede[que]()) return;
      const quien = que === "llama" ? NOMBRES[llegados++] : undefined;
      fila[que](quien);
      mostrar(que, quien);
    }

    function mostrar(que, quien) {
      const huecos = Array.from({ length: fila.sitio - fila.fila.length }, () => "libre");
      fuera.poner(...personas(fila.fuera, "juguete-persona juguete-espera"));
      dentro.titular(`En la fila: ${fila.fila.length} de ${fila.sitio}`);
      dentro.poner(...personas(fila.fila, "juguete-persona"), ...personas(huecos, "juguete-hueco"));
      atendidos.poner(...personas(fila.atendidos, "juguete-persona"));
      const parado = fila.aceptando ? [2, "espera", "espera"] : fila.atendidos.length ? [3] : [0];
      cuadro.senalar(...parado);
      llama.setAttribute("aria-disabled", !puede.llama());
      acepta.setAttribute("aria-disabled", !puede.acepta());
      reintentan.setAttribute("aria-disabled", !puede.reintentan());
      pasa.decir(frase(fila, que, quien));
    }

    otraVez();
    return [
      crear("div", { class: "juguete-mandos" }, control("El servidor ha hecho", caben, otraVez)),
      crear("div", { class: "juguete-botones" }, llama, acepta, reintentan, boton("Desde el principio", otraVez)),
      pasa.fuera,
      crear("div", { class: "juguete-escena" }, fuera.fuera, dentro.fuera, atendidos.fuera),
      crear("div", { class: "juguete-escena" }, cuadro.fuera),
    ];
  }

  window.juguetes.fila = { Fila };
  montar("fila", construir);
})();

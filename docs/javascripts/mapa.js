/* El mapa del curso: sus casillas, por dónde vas, y traerse lo hecho de `chatlab lecciones --codigo`.

   El avance se guarda en avance.js. Cómo es el código está en chatlab/curso/codigo.py. */
(function () {
  "use strict";

  const { CLAVE, guardar, leer, seguir, sePuedeGuardar, casilla } = window.avance;
  /* Letras de un código: con todo hecho no llega a mil. */
  const MAS_LARGO = 5000;

  const mapa = document.querySelector(".curso");
  const enlaces = [...mapa.querySelectorAll("a[data-avance]")];
  const conocidas = new Set(enlaces.map((enlace) => enlace.dataset.avance));

  function crear(que, texto, clase) {
    const elemento = document.createElement(que);
    if (texto) elemento.textContent = texto;
    if (clase) elemento.className = clase;
    return elemento;
  }

  function cuantas(numero, una, varias) {
    return `${numero} ${numero === 1 ? una : varias}`;
  }

  /* --- Lo que se ve de cada cosa, de cada lección y de todo --- */

  enlaces.forEach((enlace) => {
    enlace.before(casilla(enlace.dataset.avance, `Hecho: ${enlace.textContent}`), " ");
    seguir((hecho) => enlace.classList.toggle("hecha", hecho.has(enlace.dataset.avance)));
  });

  mapa.querySelectorAll("h2").forEach((titulo) => {
    const lista = titulo.nextElementSibling.nextElementSibling;
    const suyas = [...lista.querySelectorAll("a[data-avance]")].map((uno) => uno.dataset.avance);
    const barra = crear("progress", "", "solo-pantalla");
    barra.max = suyas.length;
    barra.setAttribute("aria-label", `Lo que llevas de ${titulo.firstChild.textContent}`);
    const letrero = crear("small", "", "solo-pantalla");
    titulo.nextElementSibling.append(" ", barra, " ", letrero);
    seguir((hecho) => {
      barra.value = suyas.filter((clave) => hecho.has(clave)).length;
      letrero.textContent = `${barra.value} de ${suyas.length}`;
    });
  });

  const resumen = crear("p", "", "sigue solo-pantalla");
  resumen.setAttribute("role", "status");
  mapa.before(resumen);
  seguir((hecho) => {
    const hechas = enlaces.filter((enlace) => hecho.has(enlace.dataset.avance));
    const ultima = hechas.length ? enlaces.indexOf(hechas[hechas.length - 1]) : -1;
    const faltan = enlaces.filter((enlace) => !hecho.has(enlace.dataset.avance));
    /* Lo que sigue a lo último hecho; si no queda nada detrás, lo primero que se saltó. */
    const toca = faltan.find((enlace) => enlaces.indexOf(enlace) > ultima) || faltan[0];
    enlaces.forEach((enlace) => enlace.classList.toggle("toca", enlace === toca));
    resumen.textContent = `Llevas ${hechas.length} de ${enlaces.length}. `;
    if (!toca) {
      resumen.append("¡Has acabado el curso!");
      return;
    }
    /* Un reto ya lleva en su nombre el de su lección. */
    const { avance } = toca.dataset;
    const leccion = avance.endsWith("r") ? "" : `${avance.slice(0, 2)} · `;
    const destino = crear("a", `${leccion}${toca.textContent}`);
    destino.href = toca.getAttribute("href");
    resumen.append(hechas.length ? "Sigue por: " : "Empieza por: ", destino, ".");
  });

  /* --- Traer y llevarse lo hecho --- */

  /* Las claves de un código. Si no se entiende, lanza un Error que dice por qué. */
  function descifrar(texto) {
    const limpio = texto.slice(0, MAS_LARGO).replace(/\s+/g, "");
    if (!limpio) throw new Error("No hay nada escrito. Pega la línea que empieza por «chatlab:».");
    const partes = limpio.match(/^chatlab:([^:]*)(?::(\d+))?$/);
    if (!partes) throw new Error("Eso no es un código: debe empezar por «chatlab:». Cópialo entero.");
    const claves = partes[1].split(",").filter((clave) => clave);
    if (partes[2] === undefined || Number(partes[2]) !== claves.length) {
      throw new Error("El código está cortado. Cópialo entero, hasta el número del final.");
    }
    const mala = claves.find((clave) => !CLAVE.test(clave));
    if (mala) throw new Error(`En el código hay algo que no entiendo: «${mala.slice(0, 20)}».`);
    return claves;
  }

  function traer(texto) {
    const claves = descifrar(texto);
    const hecho = leer();
    const nuevas = new Set(claves.filter((clave) => conocidas.has(clave) && !hecho.has(clave)));
    const ajenas = claves.filter((clave) => !conocidas.has(clave));
    guardar(new Set([...hecho, ...nuevas]));
    if (nuevas.size === 0 && ajenas.length === 0) return "Ya lo tenías todo marcado.";
    const dicho = `Traído: ${cuantas(nuevas.size, "cosa nueva", "cosas nuevas")}.`;
    if (ajenas.length === 0) return dicho;
    return `${dicho} Este mapa no tiene ${ajenas.slice(0, 5).join(", ")}: será de otra versión.`;
  }

  function codigo() {
    const claves = enlaces.map((enlace) => enlace.dataset.avance);
    const hechas = claves.filter((clave) => leer().has(clave));
    return `chatlab:${hechas.join(",")}:${hechas.length}`;
  }

  const caja = document.getElementById("traer");
  const etiqueta = crear("label", "Tu código");
  const campo = crear("textarea");
  campo.id = "codigo";
  campo.rows = 3;
  campo.maxLength = MAS_LARGO;
  campo.spellcheck = false;
  campo.placeholder = "chatlab:01.1r,01.2r:2";
  etiqueta.htmlFor = campo.id;
  const dicho = crear("p", "", "dicho");
  dicho.setAttribute("role", "status");

  function boton(texto, hacer) {
    const nuevo = crear("button", texto, "md-button");
    nuevo.type = "button";
    nuevo.addEventListener("click", hacer);
    return nuevo;
  }

  function decir(texto, mal) {
    dicho.textContent = texto;
    dicho.classList.toggle("mal", mal === true);
  }

  const acciones = crear("p");
  acciones.append(
    boton("Traer", () => {
      try {
        decir(traer(campo.value));
      } catch (error) {
        decir(error.message, true);
      }
    }),
    " ",
    boton("Dame mi código", () => {
      campo.value = codigo();
      campo.select();
      decir("Cópialo: sirve para llevarte lo marcado a otro navegador.");
    }),
    " ",
    boton("Borrar todo", () => {
      if (!confirm("¿Borrar todo lo que has marcado?")) return;
      guardar(new Set());
      decir("Borrado.");
    }),
  );
  caja.append(etiqueta, campo, acciones, dicho);
  if (!sePuedeGuardar()) {
    const aviso = "Tu navegador no deja guardar nada: lo que marques se perderá al salir de esta página.";
    caja.append(crear("p", `${aviso} Llévate tu código antes.`, "mal"));
  }
})();

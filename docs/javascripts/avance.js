/* El avance de quien lee: qué ha hecho, guardado en su navegador, y señalado donde se nombra.

   Lo que se puede marcar lleva su clave en `data-avance`; las claves están explicadas en
   chatlab/curso/codigo.py. Si el navegador no deja guardar, se recuerda solo en esta página. */
(function () {
  "use strict";

  const NOMBRE = "chatlab.avance";
  const CLAVE = /^\d\d(\.\d{1,2}r?|e)$/;
  const alCambiar = [];
  let sinGuardar = null; /* Lo que se guardaría, si no hay dónde. */

  /* Las claves de lo hecho, y cuándo cambió: milisegundos desde 1970. */
  function leerTodo() {
    try {
      const { hecho, cuando } = sinGuardar || JSON.parse(localStorage.getItem(NOMBRE));
      /* Puede haberlo escrito cualquiera: de lo que no es una clave no se hace caso. */
      return { hecho: hecho.filter((una) => CLAVE.test(una)), cuando: Number(cuando) || 0 };
    } catch {
      return { hecho: [], cuando: 0 };
    }
  }

  function guardarTodo(todo) {
    try {
      localStorage.setItem(NOMBRE, JSON.stringify(todo));
      sinGuardar = null;
    } catch {
      sinGuardar = todo;
    }
    alCambiar.forEach((avisar) => avisar(new Set(todo.hecho)));
  }

  function leer() {
    return new Set(leerTodo().hecho);
  }

  function guardar(hecho) {
    const cuando = Math.max(Date.now(), leerTodo().cuando + 1);
    guardarTodo({ hecho: [...hecho].sort(), cuando });
  }

  function marcar(clave, esta) {
    const hecho = leer();
    if (esta) hecho.add(clave);
    else hecho.delete(clave);
    guardar(hecho);
  }

  /* Llama ahora, y cada vez que algo cambie, aquí o en otra pestaña. */
  function seguir(avisar) {
    alCambiar.push(avisar);
    avisar(leer());
  }

  function sePuedeGuardar() {
    try {
      localStorage.setItem(`${NOMBRE}.prueba`, "1");
      localStorage.removeItem(`${NOMBRE}.prueba`);
      return true;
    } catch {
      return false;
    }
  }

  /* Una casilla que marca esa clave. */
  function casilla(clave, nombre) {
    const caja = document.createElement("input");
    caja.type = "checkbox";
    caja.className = "solo-pantalla";
    if (nombre) caja.setAttribute("aria-label", nombre);
    caja.addEventListener("change", () => marcar(clave, caja.checked));
    seguir((hecho) => (caja.checked = hecho.has(clave)));
    return caja;
  }

  /* Una casilla con su letrero al lado. */
  function casillaCon(clave, letrero) {
    const etiqueta = document.createElement("label");
    etiqueta.className = "marcar solo-pantalla";
    etiqueta.append(casilla(clave), ` ${letrero}`);
    return etiqueta;
  }

  addEventListener("storage", () => alCambiar.forEach((avisar) => avisar(leer())));
  addEventListener("pageshow", (suceso) => {
    if (suceso.persisted) alCambiar.forEach((avisar) => avisar(leer()));
  });

  window.avance = { CLAVE, leer, guardar, seguir, sePuedeGuardar, casilla };

  /* --- Desde el disco, de una página a otra ---

     Hay navegadores que guardan aparte lo de cada archivo. Por eso, desde el disco, el enlace que
     se pulsa lleva también lo hecho, y vale lo que cambió más tarde. */

  const LO_QUE_TRAE = "avance";
  /* Milisegundos: lo que diga ser de más tarde que ahora no es de este reloj. */
  const MARGEN = 1000;

  function recibir() {
    const direccion = new URL(location.href);
    const [momento, claves] = (direccion.searchParams.get(LO_QUE_TRAE) || "").split("_");
    const cuando = Number(momento);
    if (!claves) return;
    direccion.search = "";
    try {
      history.replaceState(history.state, "", direccion);
    } catch {
      /* No se deja cambiar la dirección: se ve más larga, y nada más. */
    }
    if (cuando > leerTodo().cuando && cuando <= Date.now() + MARGEN) {
      guardarTodo({ hecho: claves.split(",").filter((una) => CLAVE.test(una)), cuando });
    }
  }

  function llevar(suceso) {
    const enlace = suceso.target.closest("a[href]");
    const { hecho, cuando } = leerTodo();
    if (!enlace || cuando === 0) return;
    const destino = new URL(enlace.href);
    const fuera = destino.protocol !== "file:" || destino.pathname === location.pathname;
    if (fuera || !destino.pathname.endsWith(".html")) return;
    destino.search = `${LO_QUE_TRAE}=${cuando}_${hecho.join(",") || "nada"}`;
    enlace.href = destino.href;
  }

  if (location.protocol === "file:") {
    recibir();
    addEventListener("click", llevar, true);
  }

  /* --- En las páginas de una lección --- */

  document.querySelectorAll(".mapa [data-avance]").forEach((nombre) => {
    const senal = document.createElement("span");
    senal.className = "hecha";
    nombre.after(senal);
    seguir((hecho) => {
      const esta = hecho.has(nombre.dataset.avance);
      senal.textContent = esta ? " ✓" : "";
      if (esta) senal.setAttribute("title", "Hecha");
    });
  });

  const aqui = document.querySelector(".mapa strong[data-avance]");
  if (aqui) {
    const final = document.createElement("p");
    final.append(casillaCon(aqui.dataset.avance, "He acabado esta página"));
    document.querySelector("article").append(final);
  }

  document.querySelectorAll("article p > strong[data-avance]").forEach((titulo) => {
    titulo.after(" ", casillaCon(titulo.dataset.avance, "Hecho"));
  });

  /* --- En la portada --- */

  const portada = document.querySelector(".portada");
  if (portada) {
    const linea = document.createElement("p");
    linea.className = "sigue";
    portada.append(linea);
    seguir((hecho) => {
      linea.hidden = hecho.size === 0;
      linea.innerHTML = '¿Ya has empezado? <a href="mapa.html">Sigue por donde ibas</a>.';
    });
  }
})();

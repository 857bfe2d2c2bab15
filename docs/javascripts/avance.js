/* El avance de quien lee: qué ha hecho, guardado en su navegador, y senallado donde se nombra.

   Lo que se puede marcar lleva su clave en `data-avance`; las claves están explicadas en
   chatlab/curso/codigo.py. Si el navegador no deja guardar, se recuerda solo en esta página. */
(function () {
  "use strict";

  const NOMBRE = "chatlab.avance";
  const CLAVE = /^\d\d(\.\d{1,2}r?|e)$/;
  const alCambiar = [];
  let sinGuardar = null; /* Lo hecho, si no hay dónde guardarlo. */

  function leer() {
    if (sinGuardar) return new Set(sinGuardar);
    try {
      const guardado = JSON.parse(localStorage.getItem(NOMBRE) || "[]");
      /* Puede haberlo escrito cualquiera: de lo que no es una clave no se hace caso. */
      return new Set(Array.isArray(guardado) ? guardado.filter((una) => CLAVE.test(una)) : []);
    } catch {
      return new Set();
    }
  }

  function guardar(hecho) {
    const claves = [...hecho].sort();
    try {
      localStorage.setItem(NOMBRE, JSON.stringify(claves));
      sinGuardar = null;
    } catch {
      sinGuardar = claves;
    }
    alCambiar.forEach((avisar) => avisar(hecho));
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

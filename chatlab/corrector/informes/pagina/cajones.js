// La página funciona sin esto. Con esto, Escape cierra la celda abierta, y abrir una cierra la
// otra también en los navegadores que aún no agrupan los <details> por su nombre.
const abiertas = () => document.querySelectorAll("details.celda[open]");

document.addEventListener("keydown", (evento) => {
  if (evento.key !== "Escape" || document.querySelector("dialog[open]")) return;
  for (const celda of abiertas()) {
    celda.open = false;
    celda.querySelector("summary").focus();
  }
});

document.addEventListener("toggle", (evento) => {
  if (!evento.target.matches("details.celda[open]")) return;
  for (const celda of abiertas()) {
    if (celda !== evento.target) celda.open = false;
  }
}, true);

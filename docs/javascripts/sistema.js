// Enseña la pestaña de este sistema a quien aún no ha elegido ninguna. Lo elegido lo recuerda el tema.
(function () {
  if (__md_get("__tabs")) return;
  var agente = navigator.userAgent;
  var sistema = /Windows/.test(agente) ? "Windows" : /Mac OS|iPhone|iPad/.test(agente) ? "macOS" : "Linux";
  document.querySelectorAll(".tabbed-set").forEach(function (grupo) {
    grupo.querySelectorAll(".tabbed-labels > label").forEach(function (rotulo) {
      if (rotulo.textContent.trim() === sistema) document.getElementById(rotulo.htmlFor).checked = true;
    });
  });
})();

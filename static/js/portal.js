// The portal works without this file. It only takes the reader to the summary of errors
// and carries the focus to the field when an error is chosen.
document.querySelector("[data-enfocar]")?.focus();
document.addEventListener("click", (evento) => {
  const enlace = evento.target.closest(".resumen-errores a[href^='#']");
  if (!enlace) return;
  const campo = document.getElementById(decodeURIComponent(enlace.hash.slice(1)));
  if (!campo) return;
  evento.preventDefault();
  campo.focus({ preventScroll: true });
  (campo.closest(".campo, .pase") ?? campo).scrollIntoView({ block: "start" });
});
document.addEventListener("click", (evento) => {
  if (evento.target.closest("[data-imprimir]")) window.print();
});

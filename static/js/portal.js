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
// Map by touch: the first tap names the mark, the second opens it.
let porTocar = null;
document.addEventListener("pointerdown", (evento) => {
  const marca = evento.target.closest(".m-marca");
  porTocar = marca && evento.pointerType === "touch" && document.activeElement !== marca ? marca : null;
});
document.addEventListener("click", (evento) => {
  if (!porTocar || evento.target.closest(".m-marca") !== porTocar) return;
  evento.preventDefault();
  porTocar.focus();
  porTocar = null;
});

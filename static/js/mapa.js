// Words of the maps of rates: pointer, touch (the first tap names, the second opens) and keyboard (arrows).
// Without this file each shape keeps its <title>, and the table beside the map says the same.
for (const marco of document.querySelectorAll(".mapa--tasas .mapa__marco")) {
  const formas = [...marco.querySelectorAll(".m-entidad")].filter((forma) => forma.querySelector("title"));
  if (!formas.length) continue;
  const textos = new Map(
    formas.map((forma) => {
      const titulo = forma.querySelector("title");
      titulo.remove();
      return [forma, titulo.textContent];
    }),
  );
  const globo = document.createElement("p");
  globo.className = "globo";
  globo.hidden = true;
  globo.setAttribute("role", "status");
  marco.append(globo);
  marco.tabIndex = 0;
  marco.setAttribute("role", "group");
  marco.setAttribute("aria-label", "Mapa: usa las flechas para leer cada lugar; Entrar lo abre");
  let actual = null;

  const mostrar = (forma) => {
    actual?.classList.remove("m-actual");
    actual = forma;
    forma.classList.add("m-actual");
    globo.textContent = textos.get(forma);
    globo.hidden = false;
    const caja = marco.getBoundingClientRect();
    const suya = forma.getBoundingClientRect();
    const x = suya.left + suya.width / 2 - caja.left - globo.offsetWidth / 2;
    const arriba = suya.top - caja.top - globo.offsetHeight - 6;
    globo.style.left = `${Math.max(0, Math.min(x, caja.width - globo.offsetWidth))}px`;
    globo.style.top = `${arriba < 0 ? suya.bottom - caja.top + 6 : arriba}px`;
  };
  const ocultar = () => {
    actual?.classList.remove("m-actual");
    actual = null;
    globo.hidden = true;
  };

  let porTocar = false;
  marco.addEventListener("pointerover", (e) => {
    const forma = e.target.closest(".m-entidad");
    if (e.pointerType === "mouse" && textos.has(forma)) mostrar(forma);
  });
  marco.addEventListener("pointerdown", (e) => {
    const forma = e.target.closest(".m-entidad");
    if (!textos.has(forma)) return;
    porTocar = e.pointerType === "touch" && forma !== actual;
    mostrar(forma);
  });
  marco.addEventListener("click", (e) => {
    if (porTocar) e.preventDefault();
    porTocar = false;
  });
  marco.addEventListener("pointerleave", (e) => e.pointerType === "mouse" && ocultar());
  marco.addEventListener("blur", ocultar);
  marco.addEventListener("keydown", (e) => {
    const lugar = formas.indexOf(actual);
    const ultima = formas.length - 1;
    const siguiente = Math.min(lugar + 1, ultima);
    const anterior = lugar < 0 ? ultima : Math.max(lugar - 1, 0);
    const destinos = {
      ArrowRight: siguiente,
      ArrowDown: siguiente,
      ArrowLeft: anterior,
      ArrowUp: anterior,
      Home: 0,
      End: ultima,
    };
    if (e.key === "Escape") ocultar();
    const enlace = actual?.closest("a");
    if (e.key === "Enter" && enlace) location.href = enlace.href.baseVal;
    if (!(e.key in destinos)) return;
    e.preventDefault();
    mostrar(formas[destinos[e.key]]);
  });
}

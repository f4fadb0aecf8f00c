// Tooltips of the charts: pointer, touch and keyboard (arrows, Home, End, Escape). Without this file each
// strip of the drawing keeps its <title>, and the table below says the same.
for (const figura of document.querySelectorAll(".grafica")) {
  let textos = [];
  for (const marco of figura.querySelectorAll(".grafica__marco")) {
    const svg = marco.querySelector("svg");
    const zonas = [...svg.querySelectorAll(".g-zona")];
    if (!zonas.length) continue;
    const titulos = zonas.map((zona) => zona.querySelector("title"));
    // The drawing for phones is silent: the wide one, before it, brings the words of both.
    if (titulos[0]) textos = titulos.map((titulo) => titulo.textContent);
    titulos.forEach((titulo) => titulo?.remove());
    animar(marco, svg, zonas, textos);
  }
}

function animar(marco, svg, zonas, textos) {
  const globo = document.createElement("p");
  globo.className = "globo";
  globo.hidden = true;
  globo.setAttribute("role", "status");
  const hilo = document.createElementNS("http://www.w3.org/2000/svg", "path");
  hilo.setAttribute("class", "g-hilo");
  svg.insertBefore(hilo, svg.querySelector(".g-zonas"));
  marco.append(globo);
  marco.tabIndex = 0;
  marco.setAttribute("role", "group");
  marco.setAttribute("aria-label", "Gráfica: usa las flechas izquierda y derecha para leer cada periodo");
  let actual = -1;

  const mostrar = (i) => {
    actual = Math.max(0, Math.min(zonas.length - 1, i));
    const zona = zonas[actual];
    const { y, height } = zona.getBBox();
    const fondo = Number(svg.querySelector(".g-base").getAttribute("d").match(/ ([\d.]+)H/)[1]);
    hilo.setAttribute("d", `M${zona.dataset.x} ${y}V${Math.min(y + height, fondo)}`);
    globo.textContent = textos[actual];
    globo.hidden = false;
    const escala = svg.clientWidth / svg.viewBox.baseVal.width;
    const x = Number(zona.dataset.x) * escala;
    const derecha = x > svg.clientWidth / 2;
    const izquierda = derecha ? x - globo.offsetWidth - 10 : x + 10;
    globo.style.left = `${Math.max(0, Math.min(izquierda, svg.clientWidth - globo.offsetWidth))}px`;
    globo.style.top = `${y * escala}px`;
  };
  const ocultar = () => {
    actual = -1;
    globo.hidden = true;
    hilo.removeAttribute("d");
  };

  zonas.forEach((zona, i) => {
    zona.addEventListener("pointerenter", () => mostrar(i));
    zona.addEventListener("pointerdown", () => mostrar(i));
  });
  marco.addEventListener("pointerleave", (e) => e.pointerType === "mouse" && ocultar());
  marco.addEventListener("blur", ocultar);
  marco.addEventListener("keydown", (e) => {
    const ultima = zonas.length - 1;
    const destinos = {
      ArrowRight: actual < 0 ? 0 : actual + 1,
      ArrowLeft: actual < 0 ? ultima : actual - 1,
      Home: 0,
      End: ultima,
    };
    if (e.key === "Escape") ocultar();
    if (!(e.key in destinos)) return;
    e.preventDefault();
    mostrar(destinos[e.key]);
  });
}

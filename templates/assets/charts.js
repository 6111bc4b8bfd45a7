// Adds to finished charts: what the mark next to the pointer says, and downloads. A chart can be read without it.
// Styles are set one by one, which the policy of the pages allows.
const REACH = 28;
const LOOKS = "fill fill-opacity stroke stroke-width stroke-opacity stroke-dasharray overflow paint-order font-family font-size font-weight text-anchor vector-effect".split(" ");
const NS = "http://www.w3.org/2000/svg";

const make = (name, parent, text) => {
  const element = document.createElement(name);
  element.append(text);
  parent.append(element);
  return element;
};

const centre = (mark) => {
  const { x, y, width, height } = mark.querySelector(".hit, .dim, .small").getBoundingClientRect();
  return [x + width / 2, y + height / 2];
};

// What a mark says, as a card next to it.
function addReadOut(box, plot) {
  const marks = [...plot.querySelectorAll("a")];
  if (!marks.length) return;
  const card = make("div", box, "");
  card.className = "tip";
  card.hidden = true;
  card.setAttribute("aria-hidden", "true");
  let shown = null;
  const show = (mark) => {
    if (mark === shown) return;
    shown = mark;
    card.hidden = !mark;
    if (!mark) return;
    const [head, ...rest] = mark.getAttribute("aria-label").split("; ");
    const cut = head.indexOf(": ");
    card.replaceChildren();
    make("b", card, cut < 0 ? head : head.slice(0, cut));
    if (cut >= 0) make("strong", card, head.slice(cut + 2));
    make("span", card, rest.join(" · "));
    const frame = box.getBoundingClientRect();
    const [x, y] = centre(mark);
    const left = x - frame.x;
    const top = y - frame.y - card.offsetHeight - 12;
    const width = card.offsetWidth;
    card.style.left = `${Math.max(0, left + width + 16 > frame.width ? left - width - 14 : left + 14)}px`;
    card.style.top = `${top < 0 ? y - frame.y + 14 : top}px`;
  };
  const nearest = (event) => {
    const far = (mark) => {
      const [x, y] = centre(mark);
      return Math.hypot(x - event.clientX, y - event.clientY);
    };
    const near = marks.map((mark) => [far(mark), mark]).sort(([one], [other]) => one - other)[0];
    return near[0] < REACH ? near[1] : null;
  };
  plot.addEventListener("pointermove", (event) => show(nearest(event)));
  plot.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") show(null); });
  plot.addEventListener("focusin", (event) => show(event.target.closest("a")));
  plot.addEventListener("focusout", () => show(null));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") show(null); });
  // A finger cannot point without touching: the first tap shows what a mark says, the second follows the link.
  let read = null;
  plot.addEventListener("click", (event) => {
    const mark = nearest(event);
    if (event.pointerType === "touch" && mark && mark !== read) {
      event.preventDefault();
      read = mark;
      show(mark);
    }
  });
}

// A drawing with the looks that the stylesheet gives it.
function styled(drawing) {
  const copy = drawing.cloneNode(true);
  const copies = [copy, ...copy.querySelectorAll("*")];
  [drawing, ...drawing.querySelectorAll("*")].forEach((element, place) => {
    const looks = getComputedStyle(element);
    const twin = copies[place];
    for (const name of LOOKS) twin.setAttribute(name, looks.getPropertyValue(name));
    twin.removeAttribute("href");
    if (looks.display === "none") twin.remove();
  });
  return copy;
}

// The drawing as a file of its own, with its headline, its key and its source.
function picture(figure, plot) {
  const frame = plot.parentElement.getBoundingClientRect();
  const own = plot.getBoundingClientRect();
  const body = getComputedStyle(document.body);
  const set = (element, attributes) => {
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const draw = (name, attributes) => set(document.createElementNS(NS, name), attributes);
  const width = frame.width;
  const outer = draw("svg", {});
  const write = (element, x, y, size) => {
    const text = element.textContent;
    const looks = { x, y, fill: body.color, "font-family": body.fontFamily };
    outer.append(draw("text", { ...looks, "font-size": Math.min(size, (width - 16) / text.length * 1.8) }));
    outer.lastChild.append(text);
  };
  const key = figure.querySelector(".ks");
  const top = 40 + (key?.offsetHeight ?? 0);
  const height = top + own.height + 30;
  set(outer, { width, height, viewBox: `0 0 ${width} ${height}` });
  outer.append(draw("rect", { width, height, fill: body.backgroundColor }));
  write(figure.querySelector(".ct"), 8, 24, 18);
  write(figure.querySelector(".cs span"), 8, height - 10, 11);
  for (const entry of key?.children ?? []) {
    const [x, y] = [entry.offsetLeft, entry.offsetTop - key.offsetTop + 36];
    outer.append(set(styled(entry.firstChild), { x, y, width: 14, height: 14 }));
    write(entry, x + 18, y + 11, 12);
  }
  outer.append(set(styled(plot), { x: own.x - frame.x, y: top, width: own.width }));
  return { width, height, text: new XMLSerializer().serializeToString(outer) };
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
}

async function saveAs(kind, figure, plot) {
  const name = `${document.querySelector("h1").textContent}.${kind}`;
  const { width, height, text } = picture(figure, plot);
  if (kind === "svg") return save(new Blob([text], { type: "image/svg+xml" }), name);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => save(blob, name));
}

for (const plot of document.querySelectorAll(".pb > .plot")) {
  addReadOut(plot.closest(".plotbox"), plot);
  const figure = plot.closest(".chart");
  for (const button of figure?.querySelectorAll("[data-save]") ?? []) {
    button.addEventListener("click", () => saveAs(button.dataset.save, figure, plot));
  }
}

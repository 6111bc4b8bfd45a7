// Lists of claims: filters that combine, words and order. Without this file each filter is a page.
const base = new URL("..", import.meta.url).pathname;
const STEP = 100;
const form = document.getElementById("narrow_");
const section = document.getElementById("claims_");
const MONTHS = form.dataset.months.split(" ");
const TEXTS = JSON.parse(document.getElementById("texts_").textContent);
const text = (key, values = {}) =>
  TEXTS[key][values.count === 1 ? 0 : 1].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const facets = [...document.querySelectorAll("#facets_ .facet")];
const original = [...section.childNodes];
const start = location.pathname;
// The address of all claims says what the addresses of pages look like: a/ or a.html.
const all = form.getAttribute("action");
const end = all.endsWith("/") ? "/" : ".html";
let data, limit = STEP;

const make = (name, props = {}, ...children) => {
  const element = Object.assign(document.createElement(name), props);
  element.append(...children);
  return element;
};

// What a facet stands for: the last two names in the address of its page.
for (const facet of facets) {
  const [folder, value] = facet.pathname.slice(0, -end.length).split("/").slice(-2);
  facet.filter = [folder.replace(/s$/, "") === "statu" ? "status" : folder.replace(/s$/, ""), decodeURIComponent(value)];
  facet.word = facet.querySelector("span").textContent;
  facet.total = facet.querySelector(".n").textContent;
  facet.glyph = facet.querySelector("use")?.getAttribute("href");
  if (facet.ariaCurrent) facet.here = true;
}
const fromPage = Object.fromEntries(facets.filter((facet) => facet.here).map((facet) => facet.filter));

function state() {
  const query = new URLSearchParams(location.search);
  return query.size || location.pathname !== start ? Object.fromEntries(query) : { ...fromPage };
}

const load = () => data ??= Promise.all(["claims", "names"].map((name) => fetch(`${base}data/${name}.json`).then((file) => file.json())))
  .then(([{ claims }, names]) => {
    for (const claim of claims) {
      claim.names = claim.by.map((id) => names.speakers[id] ?? id);
      claim.year = claim.said?.slice(0, 4);
      claim.words = [claim.statement, claim.id, ...claim.names].join(" ").toLowerCase();
    }
    return claims;
  });

const HOLDS = {
  kind: (claim, value) => claim.kind === value,
  status: (claim, value) => claim.status === value,
  speaker: (claim, value) => claim.by.includes(value),
  tag: (claim, value) => claim.tags.includes(value),
  year: (claim, value) => claim.year === value,
  q: (claim, value) => value.toLowerCase().split(/\s+/).every((word) => claim.words.includes(word)),
};
const matches = (claim, wanted) => Object.entries(wanted).every(([key, value]) => !value || !HOLDS[key] || HOLDS[key](claim, value));
const said = (claim) => claim.said ?? "";
const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
const ORDERS = {
  "": (one, other) => compare(said(other), said(one)),
  oldest: (one, other) => !one.said - !other.said || compare(said(one), said(other)),
  mentions: (one, other) => other.mentions.length - one.mentions.length,
  words: (one, other) => one.statement.localeCompare(other.statement),
};

async function run() {
  const wanted = state();
  if (form.q.value.trim() !== (wanted.q ?? "")) form.q.value = wanted.q ?? "";
  form.sort.value = wanted.sort ?? "";
  // A page as it was built needs no data.
  const untouched = location.pathname === start && !location.search;
  for (const facet of facets) {
    const [key, value] = facet.filter;
    facet.ariaCurrent = wanted[key] === value ? (untouched ? "page" : "true") : null;
    if (facet.ariaCurrent) facet.closest("details")?.setAttribute("open", "");
    if (untouched) facet.querySelector(".n").textContent = facet.total;
  }
  if (untouched) {
    section.replaceChildren(...original);
    return;
  }
  const claims = await load();
  for (const facet of facets) {
    const [key, value] = facet.filter;
    facet.querySelector(".n").textContent = claims.filter((claim) => matches(claim, { ...wanted, [key]: value })).length;
  }
  const found = claims.filter((claim) => matches(claim, wanted)).sort(ORDERS[wanted.sort] ?? ORDERS[""]);
  const count = make("p", { className: "note", textContent: found.length ? text("count.claims", { count: found.length }) : text("filter.none") });
  count.role = "status";
  section.replaceChildren(count, ...(found.length ? [table(found)] : []));
  if (found.length > limit) {
    const more = make("button", { type: "button", className: "btn sec-more", textContent: text("filter.show_more") });
    more.onclick = () => { limit += STEP; run(); };
    section.append(more);
  }
}

function table(found) {
  const head = (name, number) => Object.assign(make("th", { scope: "col", textContent: text(`list.${name}`) }), number ? { className: "num" } : {});
  const heads = [head("claim"), head("status"), head("kind"), head("speaker"), head("said", true), head("mentions", true)];
  return make("table", { className: "tbl fold" }, make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...found.slice(0, limit).map(row)));
}

function row(claim) {
  const named = (key, value) => facets.find((facet) => facet.filter[0] === key && facet.filter[1] === value);
  const status = named("status", claim.status);
  const marks = make("td", {}, mark(status?.glyph ?? "#g_unverifiable", status?.word ?? claim.status));
  if (claim.shaken.length) marks.append(" ", mark("#g_shaken", text("status.shaken")));
  const people = claim.by.flatMap((id, number) =>
    [number ? ", " : "", make("a", { href: `${base}speakers/${id}${end}`, textContent: claim.names[number] })]);
  const mentions = make("td", { className: "num", textContent: claim.mentions.length });
  mentions.dataset.l = text("list.mentions");
  return make("tr", {},
    make("th", { scope: "row", className: "t" }, make("a", { href: `${base}claims/${claim.id}${end}`, textContent: claim.statement })),
    marks, make("td", { textContent: named("kind", claim.kind)?.word ?? claim.kind }),
    make("td", { className: "who" }, ...people),
    make("td", { className: "num" }, ...(claim.said ? [make("time", { dateTime: claim.said, textContent: words(claim.said) })] : [])), mentions);
}

function mark(glyph, word) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = svg.appendChild(document.createElementNS(svg.namespaceURI, "use"));
  svg.setAttribute("class", "g");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", glyph);
  return make("span", { className: `st s-${glyph.slice(3)}` }, svg, word);
}

function words(iso) {
  const [year, month, day] = iso.split("-");
  return [day && Number(day), month && MONTHS[month - 1], year].filter(Boolean).join(" ");
}

function go(wanted, push) {
  limit = STEP;
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
  history[push ? "pushState" : "replaceState"](null, "", `${all}${query.size ? `?${query}` : ""}`);
  run();
}

document.getElementById("facets_").addEventListener("click", (event) => {
  const facet = event.target.closest(".facet");
  if (!facet || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const [key, value] = facet.filter;
  const wanted = state();
  go({ ...wanted, [key]: wanted[key] === value ? "" : value }, true);
});
form.addEventListener("input", () => go({ ...state(), q: form.q.value.trim(), sort: form.sort.value }, false));
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("popstate", run);
run();

// Lists of claims: filters that combine, and order. Without this file each filter is a page. Words lead to search.
const base = new URL("..", import.meta.url).pathname;
// The first rows are shown before the rest of them is loaded.
const FIRST = 10, STEP = 50;
const form = document.getElementById("narrow_");
const order = document.getElementById("order_");
const section = document.getElementById("claims_");
const TEXTS = JSON.parse(document.getElementById("texts_").textContent);
const narrow = document.querySelector(".narrow");
const opens = narrow.textContent;
const heads = [...document.querySelectorAll("h1, .dek")].map((element) => [element, element.textContent]);
const pageTitle = document.title;
const facets = [...document.querySelectorAll("#facets_ .facet")];
const KEYS = ["kind", "status", "speaker", "tag", "metric", "source", "question", "year", "month"];
const original = [...section.childNodes];
const start = location.pathname;
// The address of all claims says what the addresses of pages look like: a/ or a.html.
const all = form.dataset.all;
const end = all.endsWith("/") ? "/" : ".html";
// Tools of find.js, which is loaded when the list is filtered.
let finder, make, text;
// How many rows are shown, and which of them gets the focus.
let turn = 0, limit = history.state?.limit ?? STEP, focus;

// What a facet stands for: the last two names in the address of its page.
for (const facet of facets) {
  const [folder, value] = facet.pathname.slice(0, -end.length).split("/").slice(-2);
  facet.filter = [folder === "status" ? folder : folder.replace(/s$/, ""), decodeURIComponent(value)];
  facet.total = facet.querySelector(".n").textContent;
}
const fromPage = Object.fromEntries(facets.filter((facet) => facet.ariaCurrent).map((facet) => facet.filter));

// What the address says, without what other sites have added to it.
function state() {
  const query = [...new URLSearchParams(location.search)].filter(([key]) => [...KEYS, "q", "sort"].includes(key));
  const isUntouched = !query.length && location.pathname === start;
  return { wanted: isUntouched ? { ...fromPage } : Object.fromEntries(query), isUntouched };
}

const chosen = (wanted) => Object.fromEntries(KEYS.filter((key) => wanted[key]).map((key) => [key, [wanted[key]]]));

// The numbers of the claims that match, newest first.
const find = async (wanted) =>
  (await finder.find("", { ...chosen(wanted), type: ["claims"] })).numbers;

const ORDERS = {
  async oldest(numbers) {
    const dated = new Set((await finder.lists("year")).flat());
    return [...numbers.filter((number) => dated.has(number)).reverse(), ...numbers.filter((number) => !dated.has(number))];
  },
  async mentions(numbers) {
    const counts = await finder.load("mentions");
    return numbers.toSorted((one, other) => counts[other] - counts[one]);
  },
};

async function run() {
  const mine = ++turn;
  const { wanted, isUntouched } = state();
  if (wanted.q) return search(wanted, true);
  const sort = Object.hasOwn(ORDERS, wanted.sort ?? "") && ORDERS[wanted.sort];
  order.value = sort ? wanted.sort : "";
  heads.forEach(([element, own], at) => { element.textContent = isUntouched ? own : at ? "" : TEXTS["filter.title_all"][0]; });
  if (isUntouched) document.title = pageTitle;
  for (const facet of facets) {
    const [key, value] = facet.filter;
    facet.ariaCurrent = wanted[key] === value ? (isUntouched ? "page" : "true") : null;
    if (facet.ariaCurrent) facet.closest("details")?.setAttribute("open", "");
    if (isUntouched) facet.querySelector(".n").textContent = facet.total;
  }
  // A page as it was built needs no data.
  if (isUntouched) {
    section.replaceChildren(...original);
    return;
  }
  try {
    if (!finder) {
      const tools = await import(form.dataset.finder);
      make = tools.make;
      text = tools.textsOf(TEXTS);
      finder = new tools.Finder(base);
    }
    const found = await find(wanted);
    const sorted = sort ? await sort(found) : found;
    const filters = await chips(wanted);
    for (const few of [FIRST, limit]) {
      const claims = await finder.show(sorted.slice(0, few));
      if (mine !== turn) return;
      show(found.length, claims, filters);
      if (few >= found.length) break;
    }
    section.querySelectorAll("th a")[focus]?.focus();
    focus = null;
    // A facet counts with the choice of its own kind set aside.
    for (const key of new Set(facets.map((facet) => facet.filter[0]))) {
      const others = wanted[key] ? await find({ ...wanted, [key]: "" }) : found;
      const isCounted = !finder.isLarge(key);
      const counts = new Map((isCounted ? await finder.counts(key, others) : []).map(([id, , count]) => [id, count]));
      if (mine !== turn) return;
      for (const { filter: [own, value], children } of facets) {
        if (own === key) [...children].at(-1).textContent = isCounted ? counts.get(value) ?? 0 : "";
      }
    }
  } catch {
    section.textContent = TEXTS["filter.failed"][0];
  }
}

// Links that take one filter off, and one that takes off all.
async function chips(wanted) {
  const keys = KEYS.filter((key) => wanted[key]);
  narrow.textContent = keys.length ? `${opens} (${keys.length})` : opens;
  const words = await Promise.all(keys.map((key) => finder.word(key, wanted[key])));
  const [[title], dek] = heads;
  if (words.length) title.textContent = `${text("filter.title_all")}: ${words.join(", ")}`;
  else if (dek) dek[0].textContent = text("filter.about_all");
  document.title = pageTitle.replace(/^.*(?= \| )/, title.textContent);
  const links = words.map((word, at) =>
    make("a", { href: address({ ...wanted, [keys[at]]: "" }), textContent: `${word} ×`, ariaLabel: text("filter.remove", { word }) }));
  return links.length ? [make("p", { className: "meta" }, ...links, make("a", { href: all, textContent: text("filter.clear") }))] : [];
}

function show(total, claims, filters) {
  const count = make("p", { className: "note", role: "status", textContent: total ? text("count.claims", { count: total }) : text("filter.none") });
  section.replaceChildren(count, ...filters, ...(total ? [table(claims)] : []));
  if (total > claims.length && claims.length >= limit) {
    const more = make("button", { type: "button", className: "btn sec-more", textContent: text("filter.show_more") });
    more.onclick = () => {
      focus = limit;
      limit += STEP;
      history.replaceState({ limit }, "");
      run();
    };
    section.append(more);
  }
}

function table(claims) {
  const head = (name, number) => make("th", { scope: "col", className: number ? "num" : "", textContent: text(`list.${name}`) });
  const heads = [head("claim"), head("status"), head("kind"), head("speaker"), head("said", true), head("mentions", true)];
  return make("table", { className: "tbl fold" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...claims.map(row)));
}

function row({ url, title, status, glyph, isShaken, speakers, kind, date, count }) {
  const marks = make("td", {}, mark(glyph, status));
  if (isShaken) marks.append(" ", mark("shaken", text("status.shaken")));
  const people = speakers.flatMap(([id, name], place) =>
    [place ? ", " : "", make("a", { href: `${base}speakers/${id}${end}`, textContent: name })]);
  const mentions = make("td", { className: "num", textContent: count });
  mentions.dataset.l = text("list.mentions");
  return make("tr", {}, make("th", { scope: "row", className: "t" }, make("a", { href: base + url, textContent: title })), marks,
    make("td", { textContent: kind }), make("td", { className: "who" }, ...people), make("td", { className: "num", textContent: date }), mentions);
}

const mark = (glyph, word) => make("span", { className: `st s-${glyph}`, textContent: word });

function address(wanted) {
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
  return `${all}${query.size ? `?${query}` : ""}`;
}

function go(to, push) {
  limit = STEP;
  history[push ? "pushState" : "replaceState"](null, "", to);
  run();
}

// Looks for words among the claims of the list.
function search(wanted, isHere) {
  const query = new URLSearchParams({ q: wanted.q, type: "claims", ...chosen(wanted) });
  location[isHere ? "replace" : "assign"](`${form.action}?${query}`);
}

document.getElementById("facets_").addEventListener("click", (event) => {
  const facet = event.target.closest(".facet");
  if (!facet || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const [key, value] = facet.filter;
  const { wanted } = state();
  go(address({ ...wanted, [key]: wanted[key] === value ? "" : value }), true);
});
order.addEventListener("change", () => go(address({ ...state().wanted, sort: order.value }), false));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const q = form.q.value.trim();
  if (q) search({ ...state().wanted, q }, false);
});
section.addEventListener("click", (event) => {
  const link = event.target.closest(".meta a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.href, true);
});
addEventListener("popstate", () => {
  limit = history.state?.limit ?? STEP;
  run();
});
run();

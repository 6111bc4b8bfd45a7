// The search page. The address says what was asked; find.js finds it.
const base = new URL("..", import.meta.url).pathname;
const texts = document.getElementById("texts_");
const TEXTS = JSON.parse(texts.textContent);
const { Finder, words: cut } = await import(texts.dataset.find);
const text = (key, values = {}) =>
  TEXTS[key][values.count === 1 ? 0 : 1].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const FEW = { claims: 10, articles: 5, people: 5, metrics: 5, sources: 5 };
const FILTERS = ["type", "kind", "status", "speaker", "tag", "year"];
const at = (id) => document.getElementById(id);
const form = at("q_").form, input = at("q_"), results = at("results_"), filters = at("filters_");
const finder = new Finder(base);
let turn = 0, shown = {};

const make = (name, props = {}, ...children) => {
  const element = Object.assign(document.createElement(name), props);
  element.append(...children);
  return element;
};
const mark = (word) => [...at("marks_").content.children].find((one) => one.textContent === word)?.cloneNode(true);

function read() {
  const query = new URLSearchParams(location.search);
  const chosen = {};
  for (const key of FILTERS) if (query.has(key)) chosen[key] = query.getAll(key);
  return { words: (query.get("q") ?? "").trim(), chosen };
}

function address(words, chosen) {
  const query = new URLSearchParams(words ? { q: words } : {});
  for (const [key, values] of Object.entries(chosen)) for (const value of values) query.append(key, value);
  return `${location.pathname}${query.size ? `?${query}` : ""}`;
}

function toggled(chosen, key, value) {
  const values = chosen[key] ?? [];
  const rest = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  const next = { ...chosen, [key]: rest };
  if (!rest.length) delete next[key];
  return next;
}

async function run() {
  const mine = ++turn;
  const { words, chosen } = read();
  if (input.value.trim() !== words) input.value = words;
  const isAsked = words || Object.keys(chosen).length;
  at("suggestions_").hidden = Boolean(isAsked);
  if (!isAsked) {
    at("found_").textContent = "";
    filters.replaceChildren();
    results.replaceChildren();
    return;
  }
  try {
    const found = await finder.find(words, chosen);
    const groups = new Map();
    for (const one of found.results) {
      const name = finder.group(one.number);
      groups.set(name, [...(groups.get(name) ?? []), one]);
    }
    const parts = await Promise.all([...groups].map(async ([name, all]) =>
      [name, all.length, await finder.show(all.slice(0, shown[name] ?? FEW[name]).map((one) => one.number))]));
    if (mine !== turn) return;
    show(words, found, parts);
    // A filter counts with its own choice set aside.
    const counts = await Promise.all(FILTERS.map(async (key) => {
      const { [key]: own, ...others } = chosen;
      const all = own ? (await finder.find(words, others)).results : found.results;
      if (key !== "type") return [key, await finder.counts(key, all)];
      const types = {};
      for (const { number } of all) types[finder.group(number)] = (types[finder.group(number)] ?? 0) + 1;
      return [key, types];
    }));
    if (mine === turn) showFilters(words, chosen, Object.fromEntries(counts));
  } catch {
    at("found_").textContent = text("search.failed");
  }
}

function show(words, { results: all, corrected }, parts) {
  const found = all.length ? "search.found" : "search.none";
  const meant = corrected.map(([, other]) => other).join(" ");
  at("found_").textContent = text(words ? `${found}_for` : found, { count: all.length, words })
    + (all.length && meant ? `. ${text("search.corrected", { words: meant })}` : "");
  at("suggestions_").hidden = all.length > 0;
  const asked = [...cut(words), ...cut(meant)];
  results.replaceChildren(...parts.map(([name, count, data]) => {
    const section = make("section", {}, make("h2", { textContent: `${text(`search.in_${name}`)} (${count})` }),
      make("ol", { className: "rows" }, ...data.map((one) => row(one, asked))));
    if (data.length < count) {
      const more = make("button", { type: "button", className: "btn", textContent: text(`search.more_${name}`) });
      more.onclick = () => { shown[name] = data.length + 20; run(); };
      section.append(more);
    }
    return section;
  }));
}

function showFilters(words, chosen, counts) {
  const focused = document.activeElement?.dataset?.key;
  filters.replaceChildren(...FILTERS.flatMap((key) => group(key, words, chosen, counts[key])));
  if (focused) filters.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function group(key, words, chosen, counts) {
  const picked = (value) => chosen[key]?.includes(value);
  const values = Object.entries(counts);
  for (const value of chosen[key] ?? []) if (!(value in counts)) values.push([value, 0]);
  values.sort((one, other) => (key === "year" ? other[0] - one[0] : other[1] - one[1] || one[0].localeCompare(other[0])));
  if (!values.length) return [];
  const links = values.filter(([value], place) => place < 12 || picked(value)).map(([value, count]) => {
    const label = key === "status" && mark(value) || make("span", { textContent: key === "type" ? text(`search.in_${value}`) : value });
    const link = make("a", { className: "facet", href: address(words, toggled(chosen, key, value)) },
      label, make("span", { className: "n", textContent: count }));
    link.dataset.key = `${key}:${value}`;
    if (picked(value)) link.ariaCurrent = "true";
    return make("li", {}, link);
  });
  return [make("h2", { className: "id bare", textContent: text(`search.by_${key}`) }), make("ul", {}, ...links)];
}

// A text with marks around the words that were asked for.
function marked(line, asked) {
  const isAsked = (word) => cut(word).some((one) => asked.some((other) =>
    one === other || (other.length > 3 && one.startsWith(other)) || (other.length > 5 && one.startsWith(other.slice(0, -2)))));
  return line.split(/([\p{Alphabetic}\p{N}]+)/u).map((part, place) => (place % 2 && isAsked(part) ? make("mark", { textContent: part }) : part));
}

function row({ url, title, lead, status, speakers, date, count }, asked) {
  const item = make("li", {}, make("p", { className: "t" }, make("a", { href: base + url }, ...marked(title, asked))));
  if (lead && !status) item.append(make("p", { className: "ctx" }, ...marked(lead, asked)));
  const facts = [speakers, date, count].filter(Boolean).map((fact) => make("span", { textContent: fact }));
  item.append(make("p", { className: "meta" }, ...[mark(status), ...facts].filter(Boolean)));
  return item;
}

function go(to, push) {
  history[push ? "pushState" : "replaceState"](null, "", to);
  run();
}

let timer;
const typed = () => { shown = {}; go(address(input.value.trim(), read().chosen), false); };
input.addEventListener("focus", () => finder.start().catch(() => {}), { once: true });
input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(typed, 150); });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  if (input.value.trim() !== read().words) go(address(input.value.trim(), read().chosen), true);
});
filters.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  shown = {};
  go(link.href, true);
});
addEventListener("popstate", run);
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = [...results.querySelectorAll(".t a")];
  const here = links.indexOf(document.activeElement);
  if (event.key === "Escape" && here >= 0) input.focus();
  if (!step || (here < 0 && (step < 0 || document.activeElement !== input))) return;
  event.preventDefault();
  (links[here + step] ?? (step < 0 ? input : links[here]))?.focus();
});
run();

// The search page: asks the index under pagefind/. The address says what was asked.
const base = new URL("..", import.meta.url).pathname;
const TEXTS = JSON.parse(document.getElementById("texts_").textContent);
const text = (key, values = {}) =>
  TEXTS[key][values.count === 1 ? 0 : 1].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const GROUPS = [["claims", 10], ["articles", 5], ["people", 5], ["metrics", 5]];
const FILTERS = ["type", "kind", "status", "speaker", "tag", "year"];
const at = (id) => document.getElementById(id);
const form = at("q_").form, input = at("q_"), results = at("results_"), filters = at("filters_");
let index, turn = 0, shown = {};

const make = (name, props = {}, ...children) => {
  const element = Object.assign(document.createElement(name), props);
  element.append(...children);
  return element;
};
const mark = (word) => [...at("marks_").content.children].find((one) => one.textContent === word)?.cloneNode(true);
const load = () => index ??= import(`${base}pagefind/pagefind.js`).then(async (found) => {
  await found.options({ baseUrl: base, excerptLength: 28 });
  // Without this, searches count nothing.
  await found.filters();
  return found;
});

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

// Values of one filter widen, several filters narrow.
const asked = (chosen) => Object.fromEntries(Object.entries(chosen).map(([key, any]) => [key, { any }]));

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
  if (!words && !Object.keys(chosen).length) {
    at("found_").textContent = "";
    filters.replaceChildren();
    results.replaceChildren();
    return;
  }
  try {
    const found = await load();
    const all = await found.search(words || null, { filters: asked(chosen) });
    const parts = [];
    for (const [group, few] of GROUPS) {
      const name = text(`search.in_${group}`);
      if (chosen.type && !chosen.type.includes(name)) continue;
      const part = await found.search(words || null, { filters: asked({ ...chosen, type: [name] }) });
      const data = await Promise.all(part.results.slice(0, shown[group] ?? few).map((one) => one.data()));
      if (data.length) parts.push([group, part.results.length, data]);
    }
    // A filter counts with its own choice set aside.
    const counts = { ...all.filters };
    for (const key of Object.keys(chosen)) {
      const { [key]: _, ...others } = chosen;
      counts[key] = (await found.search(words || null, { filters: asked(others) })).filters[key];
    }
    if (mine !== turn) return;
    show(words, chosen, all.results.length, parts, counts);
  } catch {
    at("found_").textContent = text("search.failed");
  }
}

function show(words, chosen, total, parts, counts) {
  const found = total ? "search.found" : "search.none";
  at("found_").textContent = text(words ? `${found}_for` : found, { count: total, words });
  results.replaceChildren(...parts.map(([name, count, data]) => {
    const section = make("section", {}, make("h2", { textContent: `${text(`search.in_${name}`)} (${count})` }),
      make("ol", { className: "rows" }, ...data.map(row)));
    if (data.length < count) {
      const more = make("button", { type: "button", className: "btn", textContent: text(`search.more_${name}`) });
      more.onclick = () => { shown[name] = data.length + 20; run(); };
      section.append(more);
    }
    return section;
  }));
  const focused = document.activeElement?.dataset?.key;
  filters.replaceChildren(...FILTERS.flatMap((key) => group(key, words, chosen, counts[key] ?? {})));
  if (focused) filters.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function group(key, words, chosen, counts) {
  const picked = (value) => chosen[key]?.includes(value);
  const values = Object.entries(counts).filter(([value, count]) => count || picked(value));
  values.sort((one, other) => (key === "year" ? other[0] - one[0] : other[1] - one[1] || one[0].localeCompare(other[0])));
  if (!values.length) return [];
  const links = values.filter(([value], place) => place < 12 || picked(value)).map(([value, count]) => {
    const label = key === "status" && mark(value) || make("span", { textContent: value });
    const link = make("a", { className: "facet", href: address(words, toggled(chosen, key, value)) },
      label, make("span", { className: "n", textContent: count }));
    link.dataset.key = `${key}:${value}`;
    if (picked(value)) link.ariaCurrent = "true";
    return make("li", {}, link);
  });
  return [make("h2", { className: "id bare", textContent: text(`search.by_${key}`) }), make("ul", {}, ...links)];
}

// An excerpt is escaped text; <mark> around found words is its only markup.
function excerpt(html) {
  const plain = (escaped) => escaped.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  return html.split(/<\/?mark>/).map((part, number) => (number % 2 ? make("mark", { textContent: plain(part) }) : plain(part)));
}

function row({ url, meta, excerpt: html, filters: facts }) {
  const item = make("li", {}, make("p", { className: "t" }, make("a", { href: url, textContent: meta.title })));
  if (facts.type?.[0] === text("search.in_articles")) item.append(make("p", { className: "ctx" }, ...excerpt(html)));
  const words = [facts.kind?.[0], meta.speakers, meta.date, meta.count].filter(Boolean);
  const line = words.map((word) => make("span", { textContent: word }));
  item.append(make("p", { className: "meta" }, ...[mark(meta.status), ...line].filter(Boolean)));
  return item;
}

function go(to, push) {
  history[push ? "pushState" : "replaceState"](null, "", to);
  run();
}

let timer;
const typed = () => { shown = {}; go(address(input.value.trim(), read().chosen), false); };
input.addEventListener("focus", () => load().catch(() => {}), { once: true });
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

// The search page. The address says what was asked; find.js finds it.
const base = new URL("..", import.meta.url).pathname;
const texts = document.getElementById("texts_");
const TEXTS = JSON.parse(texts.textContent);
const { Finder, make, textsOf, words: cut } = await import(texts.dataset.find);
const text = textsOf(TEXTS);
const FILTERS = ["type", "kind", "status", "speaker", "tag", "metric", "source", "question", "year", "month"];
const at = (id) => document.getElementById(id);
const form = at("q_").form, input = at("q_"), results = at("results_"), filters = at("filters_");
const finder = new Finder(base);
const narrow = document.querySelector(".narrow"), opens = narrow.textContent;
// Filters that take many bytes to count, and that the reader has opened.
const opened = new Set();
// How many results of a group are shown, and which of them gets the focus.
let turn = 0, shown = {}, focus;

const mark = (glyph, word) => {
  const copy = [...at("marks_").content.children].find((one) => one.classList.contains(`s-${glyph}`) || one.textContent === word).cloneNode(true);
  copy.textContent = word;
  return copy;
};

const query = () => new URLSearchParams(location.search);
const address = (next) => `${location.pathname}${next.size ? `?${next}` : ""}`;

function read() {
  const chosen = Object.fromEntries(FILTERS.filter((key) => query().has(key)).map((key) => [key, query().getAll(key)]));
  return { words: (query().get("q") ?? "").trim(), chosen };
}

function asking(words) {
  const next = query();
  if (words) next.set("q", words);
  else next.delete("q");
  return address(next);
}

function toggled(key, id) {
  const next = query();
  next[next.has(key, id) ? "delete" : "append"](key, id);
  return address(next);
}

async function run() {
  const mine = ++turn;
  const { words, chosen } = read();
  if (input.value.trim() !== words) input.value = words;
  const count = Object.values(chosen).flat().length;
  // A single letter is not asked for yet.
  const isAsked = cut(words).length || count;
  narrow.hidden = !isAsked;
  narrow.textContent = count ? `${opens} (${count})` : opens;
  at("suggestions_").hidden = Boolean(isAsked);
  if (!isAsked) {
    at("found_").textContent = words && text("search.none_for", { words });
    filters.replaceChildren();
    results.replaceChildren();
    return;
  }
  try {
    if (!results.firstChild) at("found_").textContent = text("search.searching");
    const found = await finder.find(words, chosen);
    const groups = new Map();
    for (const number of found.numbers) {
      const name = finder.group(number);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(number);
    }
    // The first group is shown before the others are loaded.
    for (const few of [[...groups].slice(0, 1), [...groups]]) {
      const parts = await Promise.all(few.map(async ([name, all]) =>
        [name, all.length, await finder.show(all.slice(0, shown[name] ?? (name === "claims" ? 10 : 5)))]));
      if (mine !== turn) return;
      show(words, found, parts);
    }
    narrow.hidden = !groups.size && !count;
    const way = !groups.size && words && (await wayOut(words, chosen));
    if (mine !== turn) return;
    if (way) {
      at("found_").replaceChildren(text("search.none"), ". ", way);
      at("suggestions_").hidden = true;
    }
    results.querySelectorAll(`[data-group=${focus?.[0]}] .t a`)[focus?.[1]]?.focus();
    focus = null;
    // A filter counts with its own choice set aside.
    const counts = await Promise.all(FILTERS.map(async (key) => {
      if (finder.isLarge(key) && !chosen[key] && !opened.has(key)) return null;
      const { [key]: own, ...others } = chosen;
      return finder.counts(key, (own ? await finder.find(words, others) : found).numbers);
    }));
    if (mine === turn) showFilters(chosen, counts);
  } catch {
    at("found_").textContent = text("search.failed");
  }
}

// Where nothing is found: a link to what is found without quotation marks, or else without filters.
async function wayOut(words, chosen) {
  const plain = words.replace(/["“”]/g, "");
  const ways = [];
  if (plain !== words) ways.push([plain, chosen, "search.without_marks", asking(plain)]);
  if (Object.keys(chosen).length) ways.push([words, {}, "search.without_filters", address(new URLSearchParams({ q: words }))]);
  for (const [q, filters, key, href] of ways) {
    const count = (await finder.find(q, filters)).numbers.length;
    if (count) return make("a", { href, textContent: text(key, { count }) });
  }
}

function show(words, { numbers: all, corrected, missing, isName }, parts) {
  const found = all.length ? "search.found" : "search.none";
  const meant = corrected.map(([, other]) => other).join(" ");
  at("found_").textContent = text(words ? `${found}_for` : found, { count: all.length, words: words.replace(/["“”]/g, "") })
    + (all.length && meant ? `. ${text("search.corrected", { words: meant })}` : "")
    + (all.length && missing.length ? `. ${text("search.missing", { words: missing.join("”, “") })}` : "");
  at("suggestions_").hidden = all.length > 0;
  const asked = finder.meaningful([...cut(words), ...cut(meant)]);
  const [name, , [best] = []] = parts[0] ?? [];
  const sort = isName && { people: "person", metrics: "metric" }[name];
  if (sort) {
    parts[0][2].shift();
    parts[0][1] -= 1;
  }
  const card = sort ? [box(best, sort, asked)] : [];
  results.replaceChildren(...card, ...parts.filter(([, count]) => count).map(([name, count, data]) => {
    const title = make("h2", { className: "t bare" }, `${text(`search.in_${name}`)} `, make("span", { className: "id", textContent: count }));
    const section = make("section", {}, title, make("ul", { className: "rows sec-more" }, ...data.map((one) => make("li", {}, ...row(one, asked)))));
    section.dataset.group = name;
    if (data.length < count) {
      const more = make("button", { type: "button", className: "btn", textContent: text(`search.more_${name}`) });
      more.onclick = () => { focus = [name, data.length]; shown[name] = data.length + 21; run(); };
      section.append(more);
    }
    return section;
  }));
}

function showFilters(chosen, counts) {
  const focused = document.activeElement?.dataset?.key;
  filters.replaceChildren(...FILTERS.flatMap((key, place) => key === "month" && !chosen.month ? [] : group(key, chosen[key] ?? [], counts[place])));
  if (focused) filters.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function group(key, chosen, counts) {
  const title = text(`search.by_${key}`);
  if (!counts) {
    const closed = make("details", {}, make("summary", { textContent: title }));
    closed.addEventListener("toggle", () => { opened.add(key); run(); });
    return [closed];
  }
  const isPicked = ([id]) => chosen.includes(id);
  const values = counts.filter((value) => value[2] || isPicked(value));
  if (!values.length) return [];
  values.sort((one, other) => (key === "year" ? other[0] - one[0] : other[2] - one[2] || one[1].localeCompare(other[1])));
  const links = values.filter((value, place) => place < 12 || isPicked(value)).map((value) => {
    const [id, word, count] = value;
    const label = key === "status" ? mark("", word) : make("span", { textContent: word });
    const link = make("a", { className: "facet", href: toggled(key, id) },
      label, make("span", { className: "n", textContent: count }));
    link.dataset.key = `${key}:${id}`;
    if (isPicked(value)) link.ariaCurrent = "true";
    return make("li", {}, link);
  });
  return [make("h2", { className: "id bare", textContent: title }), make("ul", {}, ...links)];
}

// A text with marks around the words that were asked for.
function marked(line, asked) {
  const isAsked = (word) => cut(word).some((one) => asked.some((other) =>
    one === other || (other.length > 3 && one.startsWith(other)) || (other.length > 5 && one.startsWith(other.slice(0, -2)))));
  return line.split(/([\p{Alphabetic}\p{N}]+)/u).map((part, place) => (place % 2 && isAsked(part) ? make("mark", { textContent: part }) : part));
}

function row({ url, title, lead, date, count, status, glyph, speakers = [] }, asked) {
  const facts = [speakers.map(([, name]) => name).join(", "), date, status ? "" : count].filter(Boolean);
  return [make("p", { className: "t" }, make("a", { href: base + url }, ...marked(title, asked))),
    ...(lead && !status ? [make("p", { className: "ctx" }, ...marked(lead, asked))] : []),
    make("p", { className: "meta" }, ...(status ? [mark(glyph, status)] : []), ...facts.map((fact) => make("span", { textContent: fact })))];
}

// The person or metric that bears the name.
function box(best, sort, asked) {
  const parts = row(best, asked);
  parts[0].append(" ", make("span", { className: "note", textContent: text(`search.${sort}`) }));
  return make("div", { className: "box" }, ...parts);
}

function go(to, push) {
  history[push ? "pushState" : "replaceState"](null, "", to);
  run();
}

let timer;
const typed = () => { shown = {}; go(asking(input.value.trim()), false); };
input.addEventListener("focus", () => finder.start().catch(() => {}), { once: true });
input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(typed, 50); });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  if (input.value.trim() !== read().words) go(asking(input.value.trim()), true);
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

// Finds pages in the index that src/format/search/ writes. It loads only the files that a query needs.

const IDEOGRAPHS = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3134f}";
const PIECES = new RegExp(`(\\d+(?:[.,]\\d+)*)([ \\-\\u00a0]?(?:x|fold|times|percent|per cent)(?![\\p{Alphabetic}\\p{N}])|[ \\-\\u00a0]?[×%])?|[${IDEOGRAPHS}]+|[\\p{Alphabetic}\\p{N}]`, "uy");
const LETTERS = new RegExp(`(?:(?![${IDEOGRAPHS}])[\\p{Alphabetic}\\p{N}])+`, "uy");

// The words of a text, as src/format/search/words.rs cuts them.
export function words(text) {
  const folded = [...text.normalize("NFKD").replace(/\p{M}/gu, "")].map((one) => one.toLowerCase()).join("");
  const found = [];
  for (let at = 0; at < folded.length;) {
    PIECES.lastIndex = LETTERS.lastIndex = at;
    const piece = PIECES.exec(folded);
    if (!piece) {
      at += folded.codePointAt(at) > 0xffff ? 2 : 1;
      continue;
    }
    const [whole, digits, unit] = piece;
    if (digits) {
      const number = digits.replaceAll(",", "");
      at += whole.length;
      LETTERS.lastIndex = at;
      const letters = !unit && LETTERS.exec(folded)?.[0];
      if (unit) {
        found.push(number + (/[%p]/.test(unit) ? "%" : "x"), number);
      } else {
        found.push(number + (letters || ""));
        at += letters ? letters.length : 0;
      }
    } else if (new RegExp(`^[${IDEOGRAPHS}]`, "u").test(whole)) {
      const run = [...whole];
      if (run.length === 1) found.push(whole);
      for (let place = 1; place < run.length; place++) found.push(run[place - 1] + run[place]);
      at += whole.length;
    } else {
      const word = LETTERS.exec(folded)[0];
      at += word.length;
      if (word.length > 1 || word > "\x7f") found.push(word);
    }
  }
  return found.map((word) => [...word].slice(0, 40).join(""));
}

// How many letters are missing, added, other or exchanged in a word, up to `most`.
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before, last = [...Array(other.length + 1).keys()];
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let least = Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      if (before && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) least = Math.min(least, before[column - 2] + 1);
      next.push(least);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, last] = [last, next];
  }
  return last[other.length];
}

const allowed = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

export class Finder {
  #base; #files = new Map(); #index;

  constructor(base) {
    this.#base = `${base}search-index/`;
  }

  #load(name) {
    const known = this.#files.get(name);
    if (known) return known;
    const file = fetch(`${this.#base}${name}.json${this.#index ? `?${this.#index.build}` : ""}`).then((answer) => {
      if (!answer.ok) throw new Error(name);
      return answer.json();
    });
    this.#files.set(name, file);
    file.catch(() => this.#files.delete(name));
    return file;
  }

  async start() {
    this.#index ??= await this.#load("index");
    return this.#index;
  }

  // The terms that a file has for words with this start.
  async #terms(word) {
    const { terms, start } = this.#index;
    const from = [...word].slice(0, start).join("");
    let file = terms.findLastIndex((first) => first <= from);
    // Stems with one start are in one file, which can begin with such a stem; a shorter word has a start of its own.
    if ([...from].length === start && terms[file + 1]?.startsWith(from)) file += 1;
    return file < 0 ? [] : this.#load(`t${file}`);
  }

  // The terms of a word of a query, each with a factor for its weight.
  async #lookUp(word, isLast) {
    const terms = await this.#terms(word);
    const exact = terms.filter(([stem, forms]) => stem === word || forms.includes(word));
    const found = exact.map((term) => [term, 1]);
    const related = exact.flatMap(([stem]) => this.#index.related[stem] ?? []).concat(this.#index.related[word] ?? []);
    for (const other of related) {
      for (const term of await this.#terms(other)) if (term[0] === other || term[1].includes(other)) found.push([term, 0.5]);
    }
    if (found.length && !(isLast && word.length > 2)) return { terms: found };
    // The last word may be unfinished.
    if (isLast || !found.length) {
      const begun = terms.filter(([stem, forms]) => !exact.some((one) => one[0] === stem) && [stem, ...forms].some((form) => form.startsWith(word)));
      found.push(...begun.slice(0, 40).map((term) => [term, exact.length ? 0.2 : 0.7]));
    }
    if (found.length) return { terms: found };
    // An ending that the book does not have, or two words in one.
    const [near] = terms.filter(([stem]) => stem.length > 3 && word.startsWith(stem)).sort((one, other) => other[0].length - one[0].length);
    if (near && near[0].length > word.length - 4) return { terms: [[near, 0.8]] };
    const corrected = await this.#correct(word, terms);
    if (corrected) return { terms: (await this.#lookUp(corrected, false)).terms, corrected };
    return { terms: near ? [[near, 0.6]] : [] };
  }

  // The word that was probably meant.
  async #correct(word, terms) {
    const most = allowed(word);
    if (!most) return null;
    let best, least = most + 1;
    const consider = (other) => {
      const difference = distance(word, other, most);
      if (difference < least) [best, least] = [other, difference];
    };
    for (const name of await this.#load("names")) consider(name);
    for (const [stem, forms] of terms) [stem, ...forms].forEach(consider);
    return best;
  }

  // Returns { results: [{ number, score }], corrected: [[word, other]] }, the best results first.
  async find(query, chosen = {}) {
    const { stop, documents } = await this.start();
    const phrases = [...query.matchAll(/["“]([^"”]+)["”]/g)].map(([, phrase]) => words(phrase));
    const all = words(query);
    const asked = all.filter((word) => !stop.includes(word));
    const filters = await Promise.all(Object.entries(chosen).filter(([key]) => key !== "type").map(async ([key, values]) => {
      const filter = await this.#load(`by-${key}`);
      const numbers = new Set(values.map((value) => filter.values.indexOf(value)));
      return (number) => [filter.documents[number] ?? []].flat().some((value) => numbers.has(value));
    }));
    const types = chosen.type && this.#ranges().filter(([name]) => chosen.type.includes(name));
    const isChosen = (number) => filters.every((filter) => filter(number)) && (!types || types.some(([, from, to]) => number >= from && number < to));
    const scores = new Map();
    const corrected = [];
    const last = /\s$/.test(query) ? -1 : asked.length - 1;
    const unique = [...new Set(asked)];
    let sum = 0;
    const found = await Promise.all(unique.map((word) => this.#lookUp(word, asked.indexOf(word) === last)));
    // Two words can be one in the book: `frontier math` is `FrontierMath`.
    for (let place = 1; place < unique.length; place++) {
      const joined = unique[place - 1] + unique[place];
      const terms = (await this.#terms(joined)).filter(([stem, forms]) => stem === joined || forms.includes(joined));
      for (const part of [place - 1, place]) found[part].terms.push(...terms.map((term) => [term, 1]));
    }
    found.forEach(({ terms, corrected: other }, place) => {
      if (other) corrected.push([unique[place], other]);
      const best = new Map();
      for (const [[, , text], factor] of terms) {
        let number = 0;
        for (const item of text.split(",")) {
          const value = parseInt(item, 36);
          number += value >> 3;
          const weight = ((value & 7) + 1) * factor;
          if (weight > (best.get(number) ?? 0)) best.set(number, weight);
        }
      }
      const rarity = Math.log(1 + documents / (1 + best.size));
      sum += rarity;
      for (const [number, weight] of best) {
        const score = scores.get(number) ?? { number, score: 0, part: 0, named: 0 };
        score.score += rarity * (1 + weight);
        score.part += rarity;
        score.named += weight > 6 ? 1 : 0;
        scores.set(number, score);
      }
    });
    let results = asked.length ? [...scores.values()] : Object.keys(chosen).length && !all.length ? [...Array(documents).keys()].map((number) => ({ number, score: -number, part: 0, named: 0 })) : [];
    const most = Math.max(0, ...results.map((one) => one.part));
    results = results.filter((one) => one.part >= most * 0.45 && isChosen(one.number));
    for (const one of results) one.score *= sum ? (one.part / sum) ** 2 : 1;
    results.sort((one, other) => other.score - one.score || one.number - other.number);
    const meant = unique.map((word) => corrected.find(([wrong]) => wrong === word)?.[1] ?? word);
    const id = /^[a-z0-9]+(-[a-z0-9]+)+$/.test(query) && query;
    return { results: await this.#near(results, meant, phrases, id), corrected };
  }

  // Sorts the best results by names and by how near the words are, and keeps those with the phrases.
  async #near(results, asked, phrases, id) {
    if (!asked.length && !phrases.length) return results;
    const { stop } = this.#index;
    const isLike = (other, word) => other === word || (word.length > 4 && other.startsWith(word.slice(0, 5)));
    const few = results.slice(0, phrases.length ? 100 : 30);
    const shown = await this.show(few.map((one) => one.number));
    few.forEach((one, place) => {
      const text = words(`${shown[place].title} ${shown[place].lead}`);
      const places = asked.map((word) => text.flatMap((other, at) => (isLike(other, word) ? [at] : [])));
      for (let pair = 1; pair < places.length; pair++) {
        const gap = Math.min(...places[pair].flatMap((at) => places[pair - 1].map((before) => Math.abs(at - before))));
        if (gap < 4) one.score *= 1.15;
      }
      // What bears the name comes first. Of sources, many have a name in their titles.
      const group = this.group(one.number);
      const title = words(shown[place].title).filter((word) => !stop.includes(word) && !/\d/.test(word));
      const part = title.filter((word) => asked.some((other) => isLike(word, other) || other.includes(word))).length / (title.length || 1);
      const isWhole = one.named === asked.length;
      if (id && shown[place].url.split(/[/.]/).includes(id)) one.score *= 20;
      one.score *= group === "articles" ? 1 + 2 * part ** 2 : group === "sources" ? 0.7 : group === "claims" ? 1 : isWhole ? 1 + 6 * part ** 2 : 1;
      one.holds = phrases.every((phrase) => text.some((_, at) => phrase.every((word, step) => text[at + step] === word)));
    });
    const kept = phrases.length ? few.filter((one) => one.holds) : few;
    kept.sort((one, other) => other.score - one.score || one.number - other.number);
    return phrases.length ? kept : [...kept, ...results.slice(few.length)];
  }

  // Groups: name, first number, number behind the last.
  #ranges() {
    let from = 0;
    return this.#index.groups.map(([name, count]) => [name, from, from += count]);
  }

  group(number) {
    return this.#ranges().find(([, from, to]) => number >= from && number < to)[0];
  }

  // What results show of documents.
  async show(numbers) {
    const { perFile } = this.#index;
    return Promise.all(numbers.map(async (number) => {
      const file = await this.#load(`d${Math.floor(number / perFile)}`);
      const [url, title, lead, status, speakers, date, count] = file[number % perFile];
      return { url, title, lead, status, speakers, date, count };
    }));
  }

  // The values of a filter with the number of results that have them.
  async counts(key, results) {
    const filter = await this.#load(`by-${key}`);
    const counts = {};
    for (const { number } of results) {
      for (const value of [filter.documents[number] ?? []].flat()) counts[filter.values[value]] = (counts[filter.values[value]] ?? 0) + 1;
    }
    return counts;
  }
}

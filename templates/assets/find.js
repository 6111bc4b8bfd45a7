// Finds pages in the index that src/format/search/ writes. It loads only the files that a query needs.

const IDEOGRAPHS = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3134f}";
const PIECES = new RegExp(`(\\d+(?:[.,]\\d+)*)([ \\-\\u00a0]?(?:x|fold|times|percent|per cent)(?![\\p{Alphabetic}\\p{N}])|[ \\-\\u00a0]?[×%])?|[${IDEOGRAPHS}]+|[\\p{Alphabetic}\\p{N}]`, "uy");
const SECOND = /(?: & |&)([a-z])(?![\p{Alphabetic}\p{N}])/uy;
const FOLDED = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i" };
const LETTERS = new RegExp(`(?:(?![${IDEOGRAPHS}])[\\p{Alphabetic}\\p{N}])+`, "uy");

// What the scripts of pages share: an element, and the texts of a page.
export const make = (name, props = {}, ...children) => {
  const element = Object.assign(document.createElement(name), props);
  element.append(...children);
  return element;
};
export const textsOf = (texts) => (key, values = {}) =>
  texts[key][values.count === 1 ? 0 : 1].replace(/\{(\w+)\}/g, (_, name) => values[name]);

// The words of a text, as src/format/search/words.rs cuts them.
export function words(text) {
  const folded = [...text.normalize("NFKD").replace(/\p{M}/gu, "")].map((one) => one.toLowerCase()).join("").replace(/[øłđðþßæœı]/g, (one) => FOLDED[one]);
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
      SECOND.lastIndex = at;
      const second = (word.length === 1 || (word.length === 2 && folded[at] === "&")) && word < "\x7f" && SECOND.exec(folded);
      if (second) at = SECOND.lastIndex;
      if (second || word.length > 1 || word > "\x7f") found.push(word + (second ? second[1] : ""));
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

// The numbers in a text that src/format/search/lists.rs writes.
function read(text) {
  const all = [];
  let number = 0, factor = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const digit = code - 35 - (code > 60) - (code > 92);
    if (digit < 60) {
      all.push(number + digit * factor);
      number = 0;
      factor = 1;
    } else {
      number += (digit - 60) * factor;
      factor *= 30;
    }
  }
  return all;
}

// Sorts documents by their scores, the best first. Numbers are sorted much faster than pairs are.
function sorted(documents, scores) {
  const best = documents.reduce((most, number) => Math.max(most, scores[number]), 0);
  const keys = Float64Array.from(documents, (number) => Math.round((1 - scores[number] / best) * 2 ** 26) * 2 ** 24 + number);
  return Array.from(keys.sort(), (key) => key % 2 ** 24);
}

// The documents of a list.
function documents(text) {
  let next = 0;
  return read(text).map((gap) => (next += gap + 1) - 1);
}

const SHOWN = ["url", "title", "lead", "date", "count", "status", "glyph", "speakers", "kind", "isShaken"];
// More words than a query has.
const BEARS_NAME = 255;
const isOf = ([stem, forms], word) => stem === word || forms.includes(word);
const allowed = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

export class Finder {
  #base; #files = new Map(); #index;

  constructor(base) {
    this.#base = `${base}search-index/`;
  }

  load(name) {
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
    this.#index ??= await this.load("index");
    return this.#index;
  }

  // The terms that a file has for words with this start.
  async #terms(word) {
    const { terms, start } = this.#index;
    const from = [...word].slice(0, start).join("");
    let file = terms.findLastIndex((first) => first <= from);
    // Stems with one start are in one file, which can begin with such a stem; a shorter word has a start of its own.
    if ([...from].length === start && terms[file + 1]?.startsWith(from)) file += 1;
    return file < 0 ? [] : this.load(`t${file}`);
  }

  // The terms of a word of a query, each with a factor for its weight.
  async #lookUp(word, isLast) {
    const terms = await this.#terms(word);
    const exact = terms.filter((term) => isOf(term, word));
    const found = exact.map((term) => [term, 1]);
    const words = this.#index.related;
    const related = [...exact.map(([stem]) => stem), word].flatMap((one) => (Object.hasOwn(words, one) ? words[one] : []));
    for (const other of related) {
      for (const term of await this.#terms(other)) if (isOf(term, other)) found.push([term, 0.5]);
    }
    if (found.length && !(isLast && word.length > 2)) return { terms: found };
    // The last word may be unfinished.
    if (isLast || !found.length) {
      // A number is whole: 300 does not begin 3000, but 14 begins 14.5.
      const start = /^\d/.test(word) ? `${word}.` : word;
      const begun = terms.filter(([stem, forms]) => !exact.some((one) => one[0] === stem) && [stem, ...forms].some((form) => form.startsWith(start)));
      const long = begun.filter((term) => typeof term[2] === "number");
      const few = begun.filter((term) => !long.includes(term)).slice(0, 40).concat(long.slice(0, 4));
      found.push(...few.map((term) => [term, exact.length ? 0.2 : 0.7]));
    }
    if (found.length) return { terms: found };
    // An ending that the book does not have, or two words in one.
    const [near] = terms.filter(([stem]) => stem.length > 3 && word.startsWith(stem)).sort((one, other) => other[0].length - one[0].length);
    const isEnding = near && near[0].length > word.length - 4;
    const corrected = !isEnding && (await this.#correct(word, terms));
    if (corrected) return { terms: (await this.#lookUp(corrected, false)).terms, corrected };
    return near ? { terms: [[near, isEnding ? 0.8 : 0.6]], corrected: [near[0], ...near[1]].findLast((form) => word.startsWith(form)) } : { terms: [] };
  }

  // The word that was probably meant.
  async #correct(word, terms) {
    const most = /\d/.test(word) ? 0 : allowed(word);
    if (!most) return null;
    let best, least = most + 1;
    const consider = (other) => {
      const difference = distance(word, other, most);
      if (difference < least) [best, least] = [other, difference];
    };
    for (const name of await this.load("names")) consider(name);
    for (const [stem, forms] of terms) [stem, ...forms].forEach(consider);
    return best;
  }

  // Returns { numbers, corrected: [[word, other]], missing }: the numbers of the documents, the best first, and the words
  // that the book does not have.
  async find(query, chosen = {}) {
    const { documents: total } = await this.start();
    const phrases = [...query.matchAll(/["“]([^"”]+)["”]/g)].map(([, phrase]) => words(phrase));
    // `gpt6` is `GPT-6` where the book has no such word.
    const all = (await Promise.all(words(query).map(async (word) => {
      const [, letters, number] = word.match(/^([a-z]{2,})(\d[\d.]*)$/) ?? [];
      return !letters || (await this.#terms(word)).some((term) => isOf(term, word)) ? word : [letters, number];
    }))).flat();
    const asked = this.meaningful(all).length ? this.meaningful(all) : all;
    const filters = await Promise.all(Object.entries(chosen).map(async ([key, values]) =>
      new Set((await Promise.all(values.map((value) => this.#documentsWith(key, value)))).flat())));
    const isChosen = (number) => filters.every((filter) => filter.has(number));
    if (!all.length) {
      const numbers = [...(filters[0] ?? Array(total).keys())];
      return { numbers: numbers.filter(isChosen).sort((one, other) => one - other), corrected: [], missing: [] };
    }
    const corrected = [], missing = [];
    const last = /\s$/.test(query) ? -1 : asked.length - 1;
    const unique = [...new Set(asked)];
    const found = await Promise.all(unique.map((word) => this.#lookUp(word, asked.indexOf(word) === last)));
    // Two words can be one in the book: `frontier math` is `FrontierMath`.
    for (let place = 1; place < unique.length; place++) {
      const joined = unique[place - 1] + unique[place];
      const terms = (await this.#terms(joined)).filter((term) => isOf(term, joined)).map((term) => [term, 1]);
      for (const part of [place - 1, place]) found[part].terms.push(...terms);
    }
    const texts = await Promise.all(found.map(({ terms }) => Promise.all(terms.map(([[, , list]]) =>
      (typeof list === "number" ? this.load(`l${list}`) : list)))));
    // For each document: its score, how much of the query it has, and how many of the words are in its name.
    const scores = new Float64Array(total), parts = new Float64Array(total), named = new Uint8Array(total);
    let sum = 0;
    found.forEach(({ terms, corrected: other }, place) => {
      if (other) corrected.push([unique[place], other]);
      if (!terms.length) missing.push(unique[place]);
      const best = new Float64Array(total);
      let count = 0;
      terms.forEach(([, factor], at) => {
        let next = 0;
        for (const value of read(texts[place][at])) {
          const number = next + (value >> 3);
          next = number + 1;
          count += best[number] ? 0 : 1;
          best[number] = Math.max(best[number], ((value & 7) + 1) * factor);
        }
      });
      const rarity = Math.log(1 + total / (1 + count));
      sum += rarity;
      best.forEach((weight, number) => {
        if (!weight) return;
        scores[number] += rarity * (1 + weight);
        // What is only in the text of a write-up says less about it.
        parts[number] += rarity * (weight < 2.5 ? 0.8 : 1);
        named[number] += weight > 6 ? 1 : 0;
      });
    });
    const most = parts.reduce((one, other) => Math.max(one, other), 0);
    const kept = [];
    parts.forEach((part, number) => {
      if (!part || part < most * 0.45 || !isChosen(number)) return;
      scores[number] *= (part / sum) ** 2;
      kept.push(number);
    });
    const meant = unique.map((word) => corrected.find(([wrong]) => wrong === word)?.[1] ?? word);
    const id = /^[a-z0-9]+(-[a-z0-9]+)+$/.test(query) && query;
    const numbers = await this.#near(sorted(kept, scores), { asked: meant, phrases, id, scores, named });
    // Whether the first result bears the name that was asked for, and not only a word that is everywhere.
    const isName = numbers.length > 0 && named[numbers[0]] === BEARS_NAME && sum / unique.length > 1.5;
    return { numbers, corrected, missing, isName };
  }

  // Sorts the best results by names and by how near the words are, and keeps those with the phrases.
  async #near(results, { asked, phrases, id, scores, named }) {
    if (!asked.length && !phrases.length) return results;
    const isLike = (other, word) => other === word || (word.length > 4 && other.startsWith(word.slice(0, 5)));
    const few = results.slice(0, phrases.length ? 100 : 20);
    const shown = await this.show(few);
    const kept = few.filter((number, place) => {
      const text = words(`${shown[place].title} ${shown[place].lead}`);
      const places = asked.map((word) => text.flatMap((other, at) => (isLike(other, word) ? [at] : [])));
      for (let pair = 1; pair < places.length; pair++) {
        const gap = Math.min(...places[pair].flatMap((at) => places[pair - 1].map((before) => Math.abs(at - before))));
        if (gap < 4) scores[number] *= 1.15;
      }
      // What bears the name comes first. Of sources, many have a name in their titles.
      const group = this.group(number);
      const title = this.meaningful(words(shown[place].title)).filter((word) => !/\d/.test(word));
      const part = title.filter((word) => asked.some((other) => isLike(word, other) || other.includes(word))).length / (title.length || 1);
      const isWhole = named[number] === asked.length;
      if (isWhole && part >= 0.5 && ["people", "metrics"].includes(group)) named[number] = BEARS_NAME;
      if (id && shown[place].url.split(/[/.]/).includes(id)) scores[number] *= 20;
      scores[number] *= group === "articles" ? 1 + 2 * part ** 2 : group === "sources" ? 0.7 : group === "claims" ? 1.2 : isWhole ? 1 + 6 * part ** 2 : 0.6;
      return phrases.every((phrase) => text.some((_, at) => phrase.every((word, step) => text[at + step] === word)));
    });
    return phrases.length ? sorted(kept, scores) : [...sorted(kept, scores), ...results.slice(few.length)];
  }

  // The name of the group of a document.
  group(number) {
    let end = 0;
    return this.#index.groups.find(([, count]) => number < (end += count))[0];
  }

  // What results show of documents.
  async show(numbers) {
    const { perFile } = this.#index;
    return Promise.all(numbers.map(async (number) => {
      const file = await this.load(`d${Math.floor(number / perFile)}`);
      return Object.fromEntries(file[number % perFile].map((value, at) => [SHOWN[at], value]));
    }));
  }

  // The word of a value of a filter; the value itself if there is none.
  async word(key, value) {
    const { ids, words } = await this.load(`by-${key}`);
    return words[ids.indexOf(value)] ?? value;
  }

  async #documentsWith(key, value) {
    const { ids, parts } = await this.load(`by-${key}`);
    const at = ids.indexOf(value);
    if (at < 0) return [];
    const part = parts.findLastIndex((first) => first <= at);
    return documents((await this.load(`by-${key}-${part}`))[at - parts[part]]);
  }

  // The documents of each value of a filter.
  async lists(key) {
    const { parts } = await this.load(`by-${key}`);
    return (await Promise.all(parts.map((_, part) => this.load(`by-${key}-${part}`)))).flat().map(documents);
  }

  // The values of a filter: id, word, and how many of these documents have it.
  async counts(key, numbers) {
    const [{ ids, words }, lists] = await Promise.all([this.load(`by-${key}`), this.lists(key)]);
    const found = new Uint8Array(this.#index.documents);
    for (const number of numbers) found[number] = 1;
    return ids.map((id, at) => [id, words[at], lists[at].reduce((count, number) => count + found[number], 0)]);
  }

  // Words without those that mean nothing by themselves.
  meaningful(all) {
    const { stop } = this.#index;
    return all.filter((word) => !stop.includes(word));
  }

  // Whether it takes many bytes to count the values of a filter.
  isLarge(key) {
    return this.#index.large.includes(key);
  }
}

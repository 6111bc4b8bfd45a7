// Does search find what readers look for? tests/search/queries.toml is about the demo book; words.json is how queries are cut.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { BASE, close, open } from "./site.mjs";

after(close);
const file = (name) => readFileSync(new URL(`../search/${name}`, import.meta.url), "utf8");

const value = (table, key) => table.match(new RegExp(`^${key} = (.*)$`, "m"))?.[1];
const queries = file("queries.toml").split("[[query]]").slice(1).map((table) => ({
  text: value(table, "text").slice(1, -1),
  first: Number(value(table, "first")),
  pages: JSON.parse(value(table, "pages")),
  isBlind: value(table, "blind") === "true",
}));

test("queries find what they should: .90 as the first result, .97 among three", () => open("search/", {}, async (page) => {
  assert.ok(queries.length >= 60 && queries.filter((query) => query.isBlind).length >= 10);
  let one = 0, three = 0;
  const missed = [];
  for (const { text, first, pages } of queries) {
    await page.locator("#found_").evaluate((found) => { found.textContent = ""; });
    await page.locator("#q_").fill(text);
    await page.waitForFunction(() => /result/.test(document.getElementById("found_").textContent));
    const links = await page.locator("#results_ .t a").evaluateAll((all) => all.slice(0, 3).map((link) => link.getAttribute("href")));
    const place = links.findIndex((link) => pages.some((wanted) => link === BASE + wanted));
    if (place === 0) one += 1;
    if (place >= 0) three += 1;
    if (place < 0 || place >= first) missed.push(`${text}: ${links.join(" ")}`);
  }
  const recall = (count) => (count / queries.length).toFixed(3);
  console.log(`# ${queries.length} queries: recall ${recall(one)} at 1, ${recall(three)} at 3; missed:\n# ${missed.join("\n# ")}`);
  assert.ok(one / queries.length >= 0.9 && three / queries.length >= 0.97, missed.join("\n"));
}));

// A number as src/format/search/lists.rs writes it.
const digit = (value) => String.fromCharCode(35 + value + (value >= 25) + (value >= 56));
const encode = (number) => (number < 60 ? digit(number) : digit(60 + (number % 30)) + encode(Math.floor(number / 30)));

test("a term is found in whichever file it is, also at the edges", () => open("search/", {}, async (page) => {
  // Files of terms as the program cuts them: stems with the same three letters at the start are in one file.
  const files = [["a", "ai"], ["aid", "aide"], ["aim", "bet", "predicat", "predict"], ["quit"]];
  const stems = files.flat();
  const answers = {
    index: { build: "x", groups: [["claims", stems.length]], documents: stems.length, perFile: 16, large: [], terms: files.map(([first]) => first), start: 3, stop: [], related: {} },
    names: [],
    d0: stems.map((stem) => [`claims/${stem}/`, stem, "", "", 0, "", "", [], "", 0]),
    ...Object.fromEntries(files.map((file, number) => [`t${number}`, file.map((stem) => [stem, [], encode(stems.indexOf(stem) * 8)])])),
  };
  await page.route("**/fake/search-index/*", (route) => {
    const name = new URL(route.request().url()).pathname.split("/").pop().replace(".json", "");
    return route.fulfill({ contentType: "application/json", body: JSON.stringify(answers[name]) });
  });
  const found = await page.evaluate(async ({ stems, base }) => {
    const { Finder } = await import(document.getElementById("texts_").dataset.find);
    const finder = new Finder(`${base}fake/`);
    const best = async (word) => (await finder.show((await finder.find(`${word} `)).numbers.slice(0, 1)))[0]?.title;
    return Promise.all([...stems.filter((stem) => stem.length > 1), "predicting"].map(best));
  }, { stems, base: BASE });
  assert.deepEqual(found, [...stems.filter((stem) => stem.length > 1), "predict"]);
}));

test("queries are cut into words as texts are", () => open("search/", {}, async (page) => {
  const cut = await page.evaluate(async (examples) => {
    const { words } = await import(document.getElementById("texts_").dataset.find);
    return Object.fromEntries(Object.keys(examples).map((text) => [text, words(text)]));
  }, JSON.parse(file("words.json")));
  assert.deepEqual(cut, JSON.parse(file("words.json")));
}));

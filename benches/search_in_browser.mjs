// Measures search and the filters of the list of claims in Chromium, on a processor slowed four times. Run by hand, after
// `npm ci` in tests/browser:
//
//     node benches/search_in_browser.mjs SITE [ROUNDS]
//
// SITE is the folder of a built site at the root of its host. It is served with gzip from 127.0.0.1. Times are medians, from
// the last key (or from the address, for filters) until the first results are in the page. Bytes are those of the index and
// of the script that reads it, as they were sent.
import { readFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "../tests/browser/node_modules/playwright-core/index.mjs";

const [site, rounds = "5"] = process.argv.slice(2);
const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json" };
const server = http.createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  try {
    const file = path.join(site, decodeURIComponent(pathname), pathname.endsWith("/") ? "index.html" : "");
    const bytes = gzipSync(await readFile(file));
    response.setHeader("content-type", types[path.extname(file)] ?? "application/octet-stream");
    response.setHeader("content-encoding", "gzip");
    response.end(bytes);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}).listen(0, "127.0.0.1");
await new Promise((done) => { server.once("listening", done); });
const base = `http://127.0.0.1:${server.address().port}/`;

const { claims } = JSON.parse(await readFile(path.join(site, "data/claims.json"), "utf8"));
// The most frequent words of statements, and values of filters: of the most claims and of few.
const counted = (values) => {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]).map(([value]) => value);
};
const words = counted(claims.flatMap(({ statement }) => [...new Set(statement.toLowerCase().match(/\p{Alphabetic}{3,}/gu))]));
const [first, second, third, fourth, fifth] = words;
const values = (key) => counted(claims.flatMap((claim) => claim[key] ?? []));
const ends = (key) => [values(key).at(0), values(key).at(-1)];

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
const kilobytes = (bytes) => `${Math.round(bytes / 1000)} KB`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

// A page whose processor is slowed and whose traffic is counted.
async function open() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const sent = { all: 0 };
  const counts = new Set();
  session.on("Network.responseReceived", ({ requestId, response }) => {
    if (/\/search-index\/|\/assets\/find\./.test(response.url)) counts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => { if (counts.has(requestId)) sent.all += encodedDataLength; });
  // When the first links came into the list.
  await page.addInitScript(() => {
    addEventListener("DOMContentLoaded", () => {
      const list = document.querySelector("#results_, #claims_");
      const see = () => { if (window.waits && list.querySelector(".t a, th a")) [window.shownAt, window.waits] = [performance.now(), false]; };
      new MutationObserver(see).observe(list, { childList: true, subtree: true });
      document.addEventListener("input", () => { [window.startedAt, window.waits] = [performance.now(), true]; }, true);
    });
  });
  return { page, sent, close: () => context.close() };
}

const shown = (page) => page.waitForFunction(() => window.shownAt > (window.startedAt ?? 0), null, { polling: 20 });

async function searches(queries) {
  const times = queries.map(() => []), bytes = queries.map(() => []), found = [];
  for (let round = 0; round < Number(rounds); round++) {
    const { page, sent, close } = await open();
    await page.goto(`${base}search/`);
    await page.locator("#q_").focus();
    await page.waitForTimeout(1500);
    for (const [at, query] of queries.entries()) {
      const before = at ? sent.all : 0;
      await page.locator("#q_").fill(query);
      await shown(page);
      const atFirst = sent.all;
      times[at].push(await page.evaluate(() => window.shownAt - window.startedAt));
      await page.waitForLoadState("networkidle");
      await page.waitForTimeout(500);
      bytes[at].push(Math.max(atFirst, sent.all) - before);
      found[at] = (await page.locator("#found_").textContent()).match(/\d+/)?.[0];
    }
    await close();
  }
  for (const [at, query] of queries.entries()) {
    console.log(`| \`${query}\`${at ? ", after the words before" : ", at first"} | ${Number(found[at]).toLocaleString("en")} | ${Math.round(median(times[at]))} ms | ${kilobytes(median(bytes[at]))} |`);
  }
}

async function filter(key, value) {
  const times = [], early = [], all = [];
  let found;
  for (let round = 0; round < Number(rounds); round++) {
    const { page, sent, close } = await open();
    await page.addInitScript(() => { window.waits = true; });
    await page.goto(`${base}claims/?${key}=${encodeURIComponent(value)}`);
    await page.waitForFunction(() => window.shownAt && document.querySelector("#claims_ [role=status]"), null, { polling: 20 });
    early.push(sent.all);
    times.push(await page.evaluate(() => window.shownAt));
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(500);
    all.push(sent.all);
    found = (await page.locator("#claims_ [role=status]").textContent()).match(/\d+/)[0];
    await close();
  }
  console.log(`| \`${key}=${value}\` | ${Number(found).toLocaleString("en")} | ${Math.round(median(times))} ms | ${kilobytes(median(early))} | ${kilobytes(median(all))} |`);
}

console.log("| query | results | time | sent |\n| --- | ---: | ---: | ---: |");
await searches([first, `${first} ${second}`, `${first} ${second} ${third}`]);
await searches([`${fourth} ${fifth}`]);
await searches(["speaker 12"]);
await searches(["question 5 forecast"]);
console.log("\n| filter | claims | first rows after | sent before them | sent in all |\n| --- | ---: | ---: | ---: | ---: |");
await filter("kind", "forecast");
await filter("status", "mixed");
for (const [key, field] of [["speaker", "by"], ["tag", "tags"], ["metric", "metric"], ["source", "source"], ["question", "question"]]) {
  for (const value of new Set(ends(field))) if (value) await filter(key, value);
}
await filter("year", values("said")[0].slice(0, 4));
await browser.close();
server.close();

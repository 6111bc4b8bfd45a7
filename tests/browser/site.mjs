// A built site below /a/b/ on this machine, and a browser to read it with. SITE names the folder,
// CHROMIUM the browser where it is not Debian's.
import { createServer } from "node:http";
import { readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";

export const BASE = "/a/b/";
const ROOT = path.resolve(process.env.SITE ?? "../../target/demo-site-below");
const TYPES = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml", json: "application/json", xml: "application/xml", png: "image/png" };
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

async function answer(request, response) {
  const name = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  const inner = name.startsWith(BASE) ? name.slice(BASE.length) : "404.html";
  const file = path.join(ROOT, inner.endsWith("/") || !inner ? `${inner}index.html` : inner);
  const bytes = file.startsWith(ROOT) ? await readFile(file).catch(() => null) : null;
  const type = TYPES[path.extname(bytes ? file : ".html").slice(1)] ?? "application/octet-stream";
  response.writeHead(bytes ? 200 : 404, { "content-type": type });
  response.end(bytes ?? (await readFile(path.join(ROOT, "404.html"))));
}

const server = createServer((request, response) => answer(request, response).catch(() => response.destroy()));
await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
export const ORIGIN = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

export async function close() {
  await browser.close();
  server.close();
}

// A page of the built site.
export const open = (address, options, test) => visit(`${ORIGIN}${BASE}${address}`, options, test, `${ORIGIN}${BASE}`);

// A fresh profile.
export const context = (options) => browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });

// Open a page in a fresh profile, hand it to a test, and see that it stayed at home and silent.
export async function visit(address, options, test, home = new URL(address).origin) {
  const profile = await context(options);
  const page = await profile.newPage();
  const foreign = [];
  const said = [];
  page.on("request", (request) => { if (!request.url().startsWith(home)) foreign.push(request.url()); });
  page.on("console", (message) => { if (message.type() === "error") said.push(message.text()); });
  page.on("pageerror", (error) => said.push(String(error)));
  try {
    await page.goto(address);
    const result = await test(page);
    if (foreign.length) throw new Error(`loaded from elsewhere: ${foreign}`);
    if (said.length) throw new Error(`the console says: ${said.join("\n")}`);
    return result;
  } finally {
    await profile.close();
  }
}

// One page of every kind: the longest of each folder and depth.
export async function kinds() {
  const longest = new Map();
  for (const entry of await readdir(ROOT, { recursive: true })) {
    const name = entry.replaceAll(path.sep, "/");
    if (!name.endsWith(".html")) continue;
    const file = path.join(ROOT, name);
    if ((await readFile(file, "utf8")).includes('http-equiv="refresh"')) continue;
    const { size } = await stat(file);
    const parts = name.split("/");
    const page = parts.includes("page") ? "/page" : "";
    const kind = parts.length > 3 && !page ? parts.slice(0, 2).concat(parts.length).join("/") : `${parts[0]}/${parts.length}${page}`;
    if (!(longest.get(kind)?.size >= size)) longest.set(kind, { size, address: name.replace(/index\.html$/, "") });
  }
  const addresses = [...longest.values()].map((one) => one.address).sort();
  return addresses.concat("search/?q=model");
}

export async function text(name) {
  return readFile(path.join(ROOT, name), "utf8");
}

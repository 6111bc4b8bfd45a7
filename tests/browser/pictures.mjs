// The pictures of the README: a write-up with its cards in the margin, a metric with its chart.
import path from "node:path";
import { close, open } from "./site.mjs";

const folder = process.argv[2];

async function picture(address, colorScheme, from, name) {
  await open(address, { viewport: { width: 1280, height: 800 }, colorScheme }, async (page) => {
    const top = (element) => scrollTo({ top: element.getBoundingClientRect().top - 24, behavior: "instant" });
    await page.locator(from).first().evaluate(top);
    await page.screenshot({ path: path.join(folder, name) });
  });
}

await picture("articles/the-ai-that-reads-itself/", "light", ".prose h2", "write-up.png");
await picture("metrics/time-horizon-50/", "dark", ".chart", "metric.png");
await close();

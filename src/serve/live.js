// In pages that `claimbook serve` shows: waits for news, loads the page again, shows what is wrong.
(() => {
  const own = document.currentScript;
  const place = `claimbook-place:${location.pathname}`;
  let version = Number(own.dataset.version);
  let box;
  // More problems than anyone reads at once would make the page slow.
  const most = 100;

  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    sessionStorage.removeItem(place);
    addEventListener("load", () => scrollTo({ top: Number(kept), behavior: "instant" }));
  }

  const make = (name, text, className = "") => Object.assign(document.createElement(name), { textContent: text, className });

  function show({ diagnostics }) {
    box?.remove();
    box = undefined;
    if (!diagnostics.some(({ severity }) => severity === "error")) return;
    box = document.createElement("div");
    box.id = "claimbook-live";
    const inner = box.attachShadow({ mode: "open" });
    const styles = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("live.css", own.src).href });
    const panel = Object.assign(document.createElement("section"), { role: "alert" });
    const close = Object.assign(make("button", "Close"), { type: "button" });
    close.onclick = () => box.remove();
    panel.append(make("h2", `${diagnostics.length} problem${diagnostics.length === 1 ? "" : "s"}`), close);
    for (const { severity, code, message, file, line, column, help } of diagnostics.slice(0, most)) {
      const item = make("article", "", severity);
      item.append(make("p", `${severity}${code ? `[${code}]` : ""}: ${message}`, "message"));
      const where = [file, line, column].filter((part) => part !== undefined && part !== null);
      if (where.length) item.append(make("p", where.join(":"), "where"));
      for (const line of [help ?? []].flat()) item.append(make("p", line, "help"));
      panel.append(item);
    }
    if (diagnostics.length > most) panel.append(make("p", `and ${diagnostics.length - most} more`, "more"));
    inner.append(styles, panel);
    document.body.append(box);
  }

  async function restyle() {
    const page = await (await fetch(location.href)).text();
    const now = new DOMParser().parseFromString(page, "text/html").querySelector("link[rel=stylesheet]");
    const old = document.querySelector("link[rel=stylesheet]");
    if (!now || !old || now.getAttribute("href") === old.getAttribute("href")) return;
    const fresh = old.cloneNode();
    fresh.href = now.getAttribute("href");
    fresh.onload = () => old.remove();
    old.after(fresh);
  }

  async function listen() {
    for (;;) {
      try {
        const answer = await fetch(new URL(`news?after=${version}`, own.src));
        if (answer.status !== 200) continue;
        const news = await answer.json();
        version = news.version;
        if (news.change === "pages") {
          sessionStorage.setItem(place, scrollY);
          location.reload();
          return;
        }
        show(news.problems);
        if (news.change === "styles") await restyle();
      } catch {
        // The server may come back.
        await new Promise((done) => { setTimeout(done, 500); });
      }
    }
  }

  const problems = document.getElementById("claimbook-problems");
  if (problems) show(JSON.parse(problems.textContent));
  listen();
})();

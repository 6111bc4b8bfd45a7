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

  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const button = (text, className) => Object.assign(make("button", text, className), { type: "button" });

  // Errors open the list by themselves, since the page behind it is an old one. Warnings do not: a badge opens it,
  // and it stays open while the author works through it.
  function show({ diagnostics }) {
    box?.remove();
    box = undefined;
    if (diagnostics.length === 0) return;
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    const warnings = diagnostics.length - errors;
    const counts = [errors && count(errors, "error"), warnings && count(warnings, "warning")].filter(Boolean).join(", ");
    box = document.createElement("div");
    box.id = "claimbook_live";
    const inner = box.attachShadow({ mode: "open" });
    const styles = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("live.css", own.src).href });
    const badge = button(counts, errors ? "badge error" : "badge warning");
    const panel = list(diagnostics, counts);
    panel.className = errors ? "error" : "warning";
    if (errors) panel.setAttribute("role", "alert");
    const close = panel.querySelector("button");
    const open = (isOpen) => {
      panel.hidden = !isOpen;
      badge.hidden = isOpen;
      badge.setAttribute("aria-expanded", isOpen);
    };
    const choose = (isOpen, next) => {
      sessionStorage.setItem("claimbook-list", isOpen ? "open" : "closed");
      open(isOpen);
      next.focus();
    };
    badge.onclick = () => choose(true, close);
    close.onclick = () => choose(false, badge);
    panel.onkeydown = ({ key }) => { if (key === "Escape") choose(false, badge); };
    open(errors > 0 || sessionStorage.getItem("claimbook-list") === "open");
    inner.append(styles, badge, panel);
    document.body.append(box);
  }

  function list(diagnostics, title) {
    const panel = Object.assign(document.createElement("section"), { ariaLabel: "Problems of the book" });
    panel.append(make("h2", title), button("Close", "close"));
    for (const { severity, code, message, file, line, column, help } of diagnostics.slice(0, most)) {
      const item = make("article", "", severity);
      item.append(make("p", `${severity}${code ? `[${code}]` : ""}: ${message}`, "message"));
      const where = [file, line, column].filter((part) => part !== undefined && part !== null);
      if (where.length) item.append(make("p", where.join(":"), "where"));
      for (const line of [help ?? []].flat()) item.append(make("p", line, "help"));
      panel.append(item);
    }
    if (diagnostics.length > most) panel.append(make("p", `and ${diagnostics.length - most} more`, "more"));
    return panel;
  }

  async function restyle() {
    const page = await (await fetch(location.href)).text();
    const sheets = (from) => [...from.querySelectorAll("link[rel=stylesheet]")];
    const now = sheets(new DOMParser().parseFromString(page, "text/html"));
    // A page has the same sheets as before, in the same order.
    for (const [place, old] of sheets(document).entries()) {
      const href = now[place]?.getAttribute("href");
      if (!href || href === old.getAttribute("href")) continue;
      const fresh = old.cloneNode();
      fresh.href = href;
      fresh.onload = () => old.remove();
      old.after(fresh);
    }
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

  // What is wrong now; a page that could not be made has it in itself.
  async function look() {
    const problems = document.getElementById("claimbook_problems");
    if (problems) {
      show(JSON.parse(problems.textContent));
      return;
    }
    const answer = await fetch(new URL("problems.json", own.src)).catch(() => undefined);
    if (answer?.ok && box === undefined) show(await answer.json());
  }

  look();
  listen();
})();

// Optional: every page works without this file. It loads before the page paints, so that a
// remembered theme does not flash.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  let saved = null;
  try { saved = localStorage.getItem("claimbook-theme"); } catch { /* storage may be blocked */ }
  if (saved === "light" || saved === "dark") root.dataset.theme = saved;

  document.addEventListener("click", (event) => {
    const hit = event.target.closest("[data-theme-toggle], [data-copy], .claim");
    if (!hit) return;

    if (hit.matches("[data-theme-toggle]")) {
      const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
      const next = (root.dataset.theme || system) === "dark" ? "light" : "dark";
      root.dataset.theme = next;
      try { localStorage.setItem("claimbook-theme", next); } catch { /* fine */ }
    } else if (hit.matches("[data-copy]")) {
      const text = document.getElementById(hit.dataset.copy).textContent.trim();
      navigator.clipboard?.writeText(text).then(() => { hit.textContent = "Copied"; }, () => {});
    } else if (!event.target.closest("a, button") && getSelection().isCollapsed) {
      // A tap on the words opens the card; beside a margin card it moves focus there.
      const dot = hit.querySelector(".dot");
      if (getComputedStyle(dot).visibility === "visible") dot.click();
      else hit.nextElementSibling.querySelector(".id").focus();
    }
  });
})();

// Light up the words that a card stands on, and lead from the words to the card. The page is complete without it.
"use strict";
(() => {
  const marks = [...document.querySelectorAll(".words mark[data-at]")].map((element) => {
    const [start, end] = element.dataset.at.split(" ").map(Number);
    return { element, start, end };
  });

  function lit(card) {
    const places = (card.dataset.at || "").split(" ").filter(Boolean).map((place) => place.split("-").map(Number));
    return marks.filter((mark) => places.some(([start, end]) => mark.start < end && start < mark.end));
  }

  function show(card, on) {
    for (const mark of lit(card)) mark.element.classList.toggle("lit", on);
  }

  let chosen = null;
  function choose() {
    if (chosen) show(chosen, false);
    const key = decodeURIComponent(location.hash.slice(1)).replace(/^t-/, "");
    chosen = key ? document.querySelector(`.backed[id="${CSS.escape(key)}"]`) : null;
    if (!chosen) return;
    show(chosen, true);
    if (location.hash.startsWith("#t-")) {
      chosen.scrollIntoView({ block: "nearest" });
      document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
      return;
    }
    const wide = matchMedia("(min-width: 62rem)").matches;
    const first = wide && document.getElementById(`t-${key}`);
    chosen.focus({ preventScroll: true });
    if (first) first.scrollIntoView({ block: "center" });
    chosen.scrollIntoView({ block: wide ? "nearest" : "start" });
  }

  document.querySelector(".words")?.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-of]");
    if (!mark || event.target.closest("a") || String(getSelection())) return;
    location.hash = mark.dataset.of;
  });
  for (const card of document.querySelectorAll(".backed")) {
    card.addEventListener("mouseenter", () => show(card, true));
    card.addEventListener("mouseleave", () => card !== chosen && show(card, false));
  }
  addEventListener("hashchange", choose);
  choose();
})();

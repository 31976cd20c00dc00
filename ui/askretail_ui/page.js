// What the page does beyond Gradio: citations lead to their cards and back, a new question comes
// to the top of the view, and light or dark can be chosen. Loaded once; no state but the theme.
(() => {
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behaviour = () => (calm() ? "auto" : "smooth");

  // Follow a link inside the page: unfold what hides the target, show it, and move the focus to it.
  function follow(event) {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    event.preventDefault();
    for (let node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
    }
    document.querySelectorAll(".ar-here").forEach((old) => old.classList.remove("ar-here"));
    target.classList.add("ar-here");
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    target.scrollIntoView({ behavior: behaviour(), block: "start" });
  }

  function setTheme(dark) {
    document.body.classList.toggle("dark", dark);
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
  }

  function switchTheme(event) {
    if (!event.target.closest(".ar-theme")) return;
    const dark = !document.body.classList.contains("dark");
    setTheme(dark);
    localStorage.setItem("askretail-theme", dark ? "dark" : "light");
  }

  // A long answer is read from its start: bring its question to the top when it is asked, and
  // again when the answer gave the chat the length to scroll.
  let seen = 0;
  function redrawn() {
    // Gradio names each message by its source text, which here is HTML: name it by what it is.
    document.querySelectorAll('#ar-chat [data-testid="user"], #ar-chat [data-testid="bot"]')
      .forEach((message) => {
        const name = message.dataset.testid === "user" ? "Question" : "Answer";
        if (message.getAttribute("aria-label") === name) return;
        message.setAttribute("role", "group");
        message.setAttribute("aria-label", name);
      });
    const asked = document.querySelectorAll('#ar-chat [data-testid="user"]');
    const stand = asked.length + document.querySelectorAll('#ar-chat [id^="turn-"]').length;
    if (stand > seen) {
      asked[asked.length - 1].scrollIntoView({ behavior: behaviour(), block: "start" });
    }
    seen = stand;
  }

  function start() {
    const chosen = localStorage.getItem("askretail-theme");
    if (chosen && !new URLSearchParams(location.search).has("__theme")) setTheme(chosen === "dark");
    document.documentElement.lang = "en";
    document.addEventListener("click", follow);
    document.addEventListener("click", switchTheme);
    new MutationObserver(redrawn).observe(document.body, {
      childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"],
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();

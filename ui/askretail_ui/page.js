// What the page does beyond Gradio: citations lead to their cards and back, cards show the page
// of their PDF, a new question comes to the top of the view, and light or dark can be chosen.
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

  const ZOOMS = [1, 1.5, 2, 3];
  const NARROW = 420; // pixels; on a phone a whole page is too small to read

  function made(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  // Show or hide the page of a card's quote, below the button.
  function showPage(event) {
    const button = event.target.closest(".ar-show");
    if (!button) return;
    const card = button.closest(".ar-card");
    const open = card.querySelector(".ar-page");
    button.setAttribute("aria-expanded", String(!open));
    button.textContent = open ? "Show the page" : "Hide the page";
    if (open) open.remove();
    else viewer(card, button.dataset);
  }

  function viewer(card, { document: id, page, start, end }) {
    const frame = made("section", "ar-page");
    const bar = made("div", "ar-page-bar");
    const where = made("span", "ar-page-where", "Drawing the page …");
    const note = made("p", "ar-note");
    const view = made("div", "ar-page-view");
    frame.setAttribute("aria-label", "Page of the document");
    where.setAttribute("role", "status");
    note.setAttribute("role", "status");
    view.tabIndex = 0;
    view.setAttribute("role", "region");
    view.setAttribute("aria-label", "Picture of the page");
    const home = Number(page);
    let number = home, zoom = 0, pages = home;

    function button(name, sign, act) {
      const control = made("button", "", sign);
      control.type = "button";
      control.setAttribute("aria-label", name);
      control.addEventListener("click", act);
      return control;
    }
    const back = button("Previous page", "‹", () => turn(number - 1));
    const on = button("Next page", "›", () => turn(number + 1));
    const less = button("Smaller", "−", () => enlarge(zoom - 1));
    const more = button("Larger", "+", () => enlarge(zoom + 1));
    bar.append(back, where, on, less, more);
    frame.append(bar, note, view);
    card.append(frame);
    if (view.clientWidth < NARROW) zoom = 2;

    function settle() {
      back.disabled = number <= 1;
      on.disabled = number >= pages;
      less.disabled = zoom === 0;
      more.disabled = zoom === ZOOMS.length - 1;
      const sheet = view.querySelector(".ar-sheet");
      if (sheet) sheet.style.width = `${ZOOMS[zoom] * 100}%`;
      const box = view.querySelector(".ar-box");
      if (!box) return;
      const [inside, around] = [box.getBoundingClientRect(), view.getBoundingClientRect()];
      view.scrollTop += inside.top - around.top - view.clientHeight / 3;
      view.scrollLeft += inside.left - around.left - 24;
    }

    function enlarge(step) {
      zoom = Math.min(Math.max(step, 0), ZOOMS.length - 1);
      settle();
    }

    async function turn(to) {
      number = Math.min(Math.max(to, 1), pages);
      const asked = number;
      const quote = asked === home ? `?start=${start}&end=${end}` : "";
      const answer = await fetch(`/page/${id}/${asked}${quote}`)
        .then((reply) => reply.json())
        .catch(() => ({ note: "The server does not answer: is askretail still running?" }));
      if (asked !== number) return;
      note.textContent = answer.note;
      if (!answer.page) {
        where.textContent = `page ${asked}`;
        view.replaceChildren();
        settle();
        return;
      }
      pages = answer.page.pages;
      where.textContent = `page ${asked} of ${pages}`;
      const paper = sheet(answer.page, asked);
      paper.style.width = `${ZOOMS[zoom] * 100}%`;
      view.replaceChildren(paper);
      await view.querySelector("img").decode().catch(() => {});
      settle();
    }
    turn(home).then(() => frame.scrollIntoView({ behavior: behaviour(), block: "nearest" }));
  }

  function sheet({ webp, boxes }, number) {
    const paper = made("div", "ar-sheet");
    const image = made("img");
    image.src = `data:image/webp;base64,${webp}`;
    image.alt = boxes.length ? `Page ${number}, the quote marked` : `Page ${number}`;
    paper.append(image);
    for (const box of boxes) {
      const mark = made("span", "ar-box");
      for (const side of ["left", "top", "width", "height"]) {
        mark.style[side] = `${box[side] * 100}%`;
      }
      paper.append(mark);
    }
    return paper;
  }

  const KINDS = { md: "text/markdown", html: "text/html", json: "application/json" };

  // Keep a conversation as a file; called by the page's "Save as" buttons.
  window.askretailSave = (text, form) => {
    const url = URL.createObjectURL(new Blob([text], { type: `${KINDS[form]};charset=utf-8` }));
    const link = made("a");
    link.href = url;
    link.download = `askretail-${new Date().toISOString().slice(0, 10)}.${form}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };

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
    // The chat's sanitizer takes labels away; what has none is named here, once.
    document.querySelectorAll('#ar-chat a[href^="#src-"]:not([aria-label])')
      .forEach((link) => link.setAttribute("aria-label", `Source ${link.textContent}`));
    document.querySelectorAll("#ar-chat .ar-scroll:not([aria-label])")
      .forEach((table) => table.setAttribute("aria-label", "Quoted table"));
    // Gradio names each message by its source text, which here is HTML: name it by what it is.
    document.querySelectorAll('#ar-chat [data-testid="user"], #ar-chat [data-testid="bot"]')
      .forEach((message) => {
        const name = message.dataset.testid === "user" ? "Question" : "Answer";
        if (message.getAttribute("aria-label") === name) return;
        message.setAttribute("role", "group");
        message.setAttribute("aria-label", name);
      });
    // Its label says other words than stand on it; without one it is named by those.
    document.querySelector("#ar-files button[aria-label^=Click]")?.removeAttribute("aria-label");
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
    document.addEventListener("click", showPage);
    document.addEventListener("click", switchTheme);
    new MutationObserver(redrawn).observe(document.body, {
      childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"],
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();

// What is clicked inside the chat: chips of a reading, and what can be done with an answer. The chat
// keeps only links, so each is a link whose place says what it does: #do-DEED-TURN-CHIP-LIST.
(() => {
  let sent = "";
  window.askretailSent = () => sent;

  // Hand an act to the server: the button's own event fetches it with askretailSent.
  function send(button, act) {
    sent = JSON.stringify(act);
    document.getElementById(`ar-do-${button}`).click();
  }

  function made(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  const DEEDS = {
    drop: (link, turn, chip) => send("again", { turn, chip }),
    swap: (link, turn, chip, list) => offer(link, list, (to) => send("again", { turn, chip, to })),
    retry: (link, turn) => send("again", { turn }),
    redo: (link) => send("redo", {}),
    edit: (link, turn) => send("edit", { turn }),
    copy: (link, turn) => { said = link; send("copy", { turn }); },
  };

  function act(event) {
    const offer = event.target.closest("[data-ask]");
    if (offer) send("offer", { turn: 0, to: offer.dataset.ask });
    const link = event.target.closest('a[href^="#do-"]');
    if (!link) return;
    event.preventDefault();
    const [, deed, turn, chip, list] = link.getAttribute("href").slice(1).split("-");
    DEEDS[deed]?.(link, Number(turn), Number(chip), list);
  }

  // A link that does something is a button: the space bar presses it too.
  function press(event) {
    if (event.key !== " " || !event.target.closest?.('a[href^="#do-"]')) return;
    event.preventDefault();
    event.target.click();
  }

  function choices(list) {
    const data = document.querySelector("[data-choices]")?.dataset.choices;
    return data ? JSON.parse(data)[list] ?? [] : [];
  }

  // Open a menu below a chip with what it can be exchanged for.
  function offer(link, list, choose) {
    const menu = made("div", "ar-menu");
    menu.popover = "auto";
    menu.setAttribute("role", "menu");
    menu.setAttribute("aria-label", `Instead of ${link.textContent}`);
    for (const choice of choices(list).filter((one) => one !== link.textContent)) {
      const item = made("button", "", choice);
      item.type = "button";
      item.setAttribute("role", "menuitem");
      item.addEventListener("click", () => { menu.hidePopover(); choose(choice); });
      menu.append(item);
    }
    if (!menu.childElementCount) menu.append(made("p", "ar-note", "Nothing else in this library."));
    menu.addEventListener("keydown", (event) => walk(event, [...menu.children]));
    menu.addEventListener("toggle", (event) => {
      if (event.newState === "closed") menu.remove(); // the browser gave the focus back already
    });
    (document.querySelector("main") ?? link.closest(".gradio-container")).append(menu);
    menu.showPopover();
    beside(menu, link.closest(".ar-chip").getBoundingClientRect());
    menu.firstElementChild.focus();
  }

  function beside(menu, { left, bottom, top }) {
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    const fits = bottom + 4 + height < innerHeight;
    menu.style.top = `${fits ? bottom + 4 : Math.max(8, top - height - 4)}px`;
  }

  const STEPS = { ArrowDown: 1, ArrowUp: -1 };
  function walk(event, items) {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const next = items.indexOf(document.activeElement) + step;
    items[(next + items.length) % items.length].focus();
  }

  let said = null; // the link that says "Copied" for a moment
  window.askretailCopy = async (text) => {
    const done = await navigator.clipboard.writeText(text).then(() => true, () => false);
    if (!said?.isConnected) return;
    const [link, before] = [said, "Copy"];
    link.textContent = done ? "Copied" : "The browser does not allow it";
    setTimeout(() => { link.textContent = before; }, 2000);
  };

  window.askretailEdit = () => {
    const box = document.querySelector("#ar-question textarea");
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  };

  // The chat's sanitizer takes names and roles away: give them back, once.
  const NAMES = {
    drop: (link) => `Leave out ${link.parentElement.textContent}`,
    swap: (link) => `Change ${link.textContent}`,
  };
  function named() {
    document.querySelectorAll('#ar-chat a[href^="#do-"]:not([role])').forEach((link) => {
      const deed = link.getAttribute("href").split("-")[1];
      link.setAttribute("role", "button");
      if (NAMES[deed]) link.setAttribute("aria-label", NAMES[deed](link));
      if (deed === "swap") link.setAttribute("aria-haspopup", "menu");
    });
  }

  document.addEventListener("click", act);
  document.addEventListener("keydown", press);
  new MutationObserver(named).observe(document.documentElement, { childList: true, subtree: true });
})();

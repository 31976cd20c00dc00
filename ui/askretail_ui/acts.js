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
    good: (link, turn) => judge(link, { turn, good: true }),
    bad: (link, turn) => complain(link, (to) => judge(link, { turn, to, good: false })),
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

  // Return a list of buttons to lie over the page; a click on one closes it and chooses its words.
  function menu(role, name, words, choose) {
    const list = made("div", "ar-menu");
    list.popover = "auto";
    list.setAttribute("role", role);
    list.setAttribute("aria-label", name);
    for (const word of words) {
      const item = made("button", "", word);
      item.type = "button";
      if (role === "menu") item.setAttribute("role", "menuitem");
      item.addEventListener("click", () => { list.hidePopover(); choose(word); });
      list.append(item);
    }
    list.addEventListener("keydown", (event) => walk(event, [...list.querySelectorAll(":scope > button")]));
    list.addEventListener("toggle", (event) => {
      if (event.newState === "closed") list.remove(); // the browser gave the focus back already
    });
    return list;
  }

  function open(list, link) {
    (document.querySelector("main") ?? link.closest(".gradio-container")).append(list);
    list.showPopover();
    beside(list, (link.closest(".ar-chip") ?? link).getBoundingClientRect());
    list.querySelector("button")?.focus();
  }

  // Open a menu below a chip with what it can be exchanged for.
  function offer(link, list, choose) {
    const words = choices(list).filter((one) => one !== link.textContent);
    const shown = menu("menu", `Instead of ${link.textContent}`, words, choose);
    if (!words.length) shown.append(made("p", "ar-note", "Nothing else in this library."));
    open(shown, link);
  }

  const REASONS = [
    "The quotes do not answer it",
    "Something is missing",
    "Wrong company or period",
    "The documents do say it",
  ];
  const MAX_REASON = 500; // characters, as in feedback.py

  // Ask what was wrong with an answer: one of the usual reasons, or words of one's own.
  function complain(link, choose) {
    const list = menu("dialog", "What was wrong?", REASONS, choose);
    const [form, label, words] = [made("form"), made("label", "", "In your words"), made("input")];
    words.maxLength = MAX_REASON;
    label.append(words);
    const keep = made("button", "", "Note it");
    keep.type = "submit";
    form.append(label, keep);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      list.hidePopover();
      choose(words.value);
    });
    list.prepend(made("p", "ar-note", "What was wrong?"));
    list.append(form);
    open(list, link);
  }

  function judge(link, act) {
    said = link;
    send("judge", act);
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
    if (!step || !items.includes(document.activeElement)) return;
    event.preventDefault();
    const next = items.indexOf(document.activeElement) + step;
    items[(next + items.length) % items.length].focus();
  }

  let said = null; // the link that tells for a moment what became of a click on it
  window.askretailTell = (words) => {
    if (!said?.isConnected) return;
    const link = said;
    link.dataset.name ??= link.textContent;
    link.textContent = words;
    setTimeout(() => { link.textContent = link.dataset.name; }, 2000);
  };

  window.askretailCopy = async (text) => {
    const done = await navigator.clipboard.writeText(text).then(() => true, () => false);
    window.askretailTell(done ? "Copied" : "The browser does not allow it");
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
  const POPUPS = { swap: "menu", bad: "dialog" };
  function named() {
    document.querySelectorAll('#ar-chat a[href^="#do-"]:not([role])').forEach((link) => {
      const deed = link.getAttribute("href").split("-")[1];
      link.setAttribute("role", "button");
      if (NAMES[deed]) link.setAttribute("aria-label", NAMES[deed](link));
      if (POPUPS[deed]) link.setAttribute("aria-haspopup", POPUPS[deed]);
    });
  }

  document.addEventListener("click", act);
  document.addEventListener("keydown", press);
  new MutationObserver(named).observe(document.documentElement, { childList: true, subtree: true });
})();

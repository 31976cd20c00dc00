// What is clicked in the lists of the Library tab, and where the focus goes then.
(() => {
  let picked = "";
  window.askretailPicked = () => picked;

  // A click is heard wherever the lists are drawn anew; a hidden button takes it to the server.
  function pick(event) {
    const hit = event.target.closest?.("[data-change], [data-wanted]");
    if (!hit) return;
    picked = hit.dataset.change || hit.dataset.wanted;
    document.getElementById(hit.dataset.change ? "ar-open" : "ar-find").click();
  }

  // The element may be drawn a while after the event that asked for it.
  window.askretailFocus = (id, tries = 200) => {
    const element = document.getElementById(id);
    const target = element?.matches("button, [tabindex]") ? element : element?.querySelector("button");
    if (!target || target.offsetParent === null) {
      if (tries > 0) setTimeout(() => window.askretailFocus(id, tries - 1), 50);
      return;
    }
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("click", pick);
})();

// The drawer of kept conversations: where the focus goes, and what closes it.
(() => {
  const opener = () => document.getElementById("ar-drawer-open");
  const drawer = () => document.getElementById("ar-drawer");

  function expanded(open) {
    opener()?.setAttribute("aria-expanded", String(open));
  }

  // Called after the drawer was opened or closed; the list appears a moment after the answer.
  window.askretailDrawer = (open) => {
    expanded(open);
    if (!open) {
      opener()?.focus();
      return;
    }
    requestAnimationFrame(() => {
      const list = drawer()?.querySelector("input:checked, input[type=radio]");
      (list ?? document.getElementById("ar-drawer-close"))?.focus();
    });
  };

  // What would be deleted is asked at the top of the drawer, and the safe answer has the focus.
  window.askretailSure = () => requestAnimationFrame(() => {
    drawer()?.scrollTo({ top: 0 });
    document.getElementById("ar-drawer-keep")?.focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer()?.contains(event.target)) return;
    document.getElementById("ar-drawer-close")?.click();
  });
})();

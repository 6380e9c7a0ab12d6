// The menu of a narrow screen is folded behind a button. It runs where the menu ends, before anything below is drawn, so
// that nothing moves under whoever reads already. Without this script the menu lies open.

(() => {
  const menu = document.getElementById("menu"), opener = document.getElementById("menu-open");
  const narrow = matchMedia("(max-width: 55.99em)");
  const show = (open) => {
    opener.setAttribute("aria-expanded", String(open));
    menu.hidden = !open;
  };
  const fit = () => {
    opener.hidden = !narrow.matches;
    show(!narrow.matches);
  };
  opener.addEventListener("click", () => show(menu.hidden));
  narrow.addEventListener("change", fit);
  fit();
})();

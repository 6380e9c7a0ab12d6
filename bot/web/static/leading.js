// What leads about a page: the menu of a narrow screen, and links to what is folded.

const $ = (id) => document.getElementById(id);

// Without this script the menu lies open.
const menu = $("menu"), opener = $("menu-open");
if (menu && opener) {
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
}

// A link to something folded opens it, and the focus goes along.
function unfold(id) {
  const place = id && $(id);
  if (!place) return;
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (place.matches("details")) place.querySelector("summary").focus();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  if (link) setTimeout(() => unfold(link.hash.slice(1)));
});
unfold(location.hash.slice(1));

// What is in the way has the focus by now: it is shown from its beginning.
document.querySelector("[data-module='govuk-error-summary']")?.scrollIntoView();

// What leads about a page: links to what is folded.

const $ = (id) => document.getElementById(id);

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

// Brings a list up to date row by row: what did not change stays as it is, with the focus and a reader's place in it.

const rowsOf = (list) => new Map([...list.querySelectorAll("[data-case]")].map((row) => [row.dataset.case, row]));

function update(row, fresh) {
  if (fresh.dataset.as && fresh.dataset.as === row.dataset.as) return; // the very same, and perhaps only named
  for (const [name, value] of Object.entries(fresh.dataset)) if (row.dataset[name] !== value) row.dataset[name] = value;
  [...fresh.cells].forEach((cell, place) => {
    const held = row.cells[place];
    if (held.isEqualNode(cell)) return;
    // The link itself stays, and with it the focus.
    const link = held.querySelector("a"), other = cell.querySelector("a");
    if (link && other?.isEqualNode(link)) other.replaceWith(link);
    const focused = link === document.activeElement;
    held.replaceChildren(...cell.childNodes);
    if (focused) link.focus();
  });
}

// Makes `list` say what `fresh` says, which is a newer copy of it, and returns the rows that it did not have.
export function merge(list, fresh) {
  const before = rowsOf(list), after = rowsOf(fresh);
  const added = [...after].filter(([key]) => !before.has(key));
  const body = list.querySelector("tbody"), newer = fresh.querySelector("tbody");
  list.dataset.count = fresh.dataset.count;
  if (!body || !newer) {
    if (body || newer) list.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
    return added.map(([key]) => rowsOf(list).get(key));
  }
  for (const [key, row] of before) {
    if (!after.has(key)) leave(row);
    else update(row, after.get(key));
  }
  const now = [...after.keys()].map((key) => before.get(key) ?? document.adoptNode(after.get(key)));
  arrange(body, now);
  return added.map(([key]) => rowsOf(list).get(key));
}

// A row that goes while it has the focus hands it to the next, or to the one before.
function leave(row) {
  const next = row.contains(document.activeElement) && (row.nextElementSibling ?? row.previousElementSibling);
  row.remove();
  if (next) next.querySelector("a")?.focus();
}

// Moves as few rows as it can: a row that is moved loses the focus, so the one that has it stays.
function arrange(body, rows) {
  const stays = rows.findIndex((row) => row.contains(document.activeElement));
  const pivot = rows[stays];
  rows.forEach((row, place) => {
    if (row === pivot) return;
    if (pivot && place < stays) body.insertBefore(row, pivot);
    else if (body.children[place] !== row) body.insertBefore(row, body.children[place] ?? null);
  });
}

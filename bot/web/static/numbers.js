// The numbers to ring, as the area that is known has published them.

import { day, say } from "./words.js";

export function numbers({ out_of_hours: late, front_door: front }) {
  for (const [place, contact] of [["late", late], ["front", front]]) {
    for (const spot of document.querySelectorAll(`[data-${place}]`)) {
      const part = spot.dataset[place];
      const none = spot.dataset.none ?? ""; // another council's number would be worse than none
      spot.hidden = !contact && !none;
      if (!contact) {
        spot.textContent = none;
        if (part === "number") spot.href = "tel:" + none;
        continue;
      }
      spot.textContent = part === "checked" ? (contact.checked ? say("checked", { day: day(contact.checked, "short") }) : "")
        : contact[part === "number" ? "value" : part];
      if (part === "number") spot.href = "tel:" + contact.value.replace(/[^\d+]/g, "");
    }
  }
}

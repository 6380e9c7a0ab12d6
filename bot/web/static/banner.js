// The line over a conversation: who has it, by when an answer is due, and how many are before it.

import { clock, day, say } from "./words.js";

export function standing({ stage, due_at: at, was_held: wasHeld, has_it: name, place }) {
  const late = at && new Date(at) < Date.now();
  const due = at && (day(at) === day(Date.now()) ? say("today", { clock: clock(at) }) : `${clock(at)}, ${day(at)}`);
  const which = stage === "waiting" && wasHeld ? "waiting_again" : stage;
  const how = due && ["waiting", "claimed"].includes(stage) ? (late ? "_late" : stage === "waiting" ? "_due" : "") : "";
  const words = say("stage_" + (how ? stage : which) + how, { due, name: name ?? "" });
  return [words, place ? say("place", { place }) : ""].join(" ").trim();
}

// Refreshes what is marked with data-live every two seconds, from the same page. Without it the page works as well.

const PAUSE = 2000;
const LIMIT = 10_000;

const state = document.getElementById("live-state");
const freeze = document.getElementById("freeze");
let frozen = false;
let pressed = false;
let asking = false;
let timer;

function say(text, isOld = false) {
  // an equal text is not read aloud again
  if (state.textContent !== text) state.textContent = text;
  state.classList.toggle("is-wrong", isOld);
}

/** Replaces what has changed, and leaves alone what a person is about to click or to copy. */
function show(fresh) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(part.id);
    if (!next || next.isEqualNode(part)) continue;
    const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
    part.replaceChildren(...next.childNodes);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

async function refresh() {
  clearTimeout(timer);
  if (asking || frozen || document.hidden) return;
  asking = true;
  try {
    const answer = await fetch("/" + location.search, { signal: AbortSignal.timeout(LIMIT) });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!fresh.getElementById("live")) throw new Error("answered " + answer.status);
    if (!frozen && !pressed && getSelection().isCollapsed) show(fresh);
    if (!frozen) say("Live");
  } catch {
    say("No answer: what you see is old", true);
  }
  asking = false;
  timer = setTimeout(refresh, PAUSE);
}

freeze.addEventListener("click", () => {
  frozen = !frozen;
  freeze.setAttribute("aria-pressed", frozen);
  say(frozen ? "Frozen" : "Live");
  refresh();
});
addEventListener("pointerdown", () => { pressed = true; });
addEventListener("pointerup", () => { pressed = false; });
addEventListener("pointercancel", () => { pressed = false; });
document.addEventListener("visibilitychange", refresh);
document.getElementById("live").hidden = false;
say("Live");
timer = setTimeout(refresh, PAUSE);

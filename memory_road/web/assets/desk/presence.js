// Two moderators at one case notice each other, and a case that is worked on stays one's own. Without this script the
// page says so when it is opened, and "Keep the case for longer" is a button.

const ASKS = 20_000;
const SAYS = 60_000;
const ACTIVE = 5 * 60_000;

const line = document.getElementById("presence");
let used = Date.now();
let said = 0;

for (const deed of ["keydown", "pointerdown", "wheel", "input"]) {
  addEventListener(deed, () => (used = Date.now()), { passive: true });
}

function tell({ sentence }) {
  // A live region is read out when its words change, not each time it is asked.
  if (line.textContent !== sentence) line.textContent = sentence;
}

async function ask() {
  if (document.hidden) return;
  const says = Date.now() - said >= SAYS;
  const body = new URLSearchParams({ csrf_token: line.dataset.token });
  if (Date.now() - used < ACTIVE) body.set("active", "yes");
  try {
    const answer = await (says ? fetch(line.dataset.present, { method: "POST", body }) : fetch(line.dataset.notice));
    if (!answer.ok) return;
    if (says) said = Date.now();
    tell(await answer.json());
  } catch {
    /* no connection: asked again next time */
  }
}

if (line) {
  ask();
  setInterval(ask, ASKS);
  document.addEventListener("visibilitychange", ask);
}

// The number beside the bell keeps up while somebody looks: every two minutes, and when a stream of this browser hears
// that something changed (live.js). Not more often than the pause, however much happens.
const EVERY = 120_000, PAUSE = 20_000;
const bell = document.querySelector("a.bell");
let last = Date.now();
let waiting = 0;

async function refresh() {
  waiting = 0;
  if (document.hidden) return;
  last = Date.now();
  const answer = await fetch(bell.dataset.fresh, { redirect: "error", headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const { number, shown, words } = await answer.json();
  const badge = bell.querySelector(".bell-number");
  badge.textContent = shown;
  badge.hidden = !number;
  bell.querySelector(".sr-only").textContent = words;
}

function soon() {
  waiting ||= setTimeout(refresh, Math.max(1000, last + PAUSE - Date.now()));
}

setInterval(refresh, EVERY);
addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - last > EVERY) refresh(); });
new BroadcastChannel("lokalnet-live").onmessage = ({ data }) => { if (data.change) soon(); };

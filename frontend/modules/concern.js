// A worry is saved every few seconds while there is a connection. Without one it stays in the open page and nowhere
// else: nothing is put into the browser's storage, and leaving the page is warned of.
const form = document.querySelector("[data-worry]");
const state = form.querySelector(".worry-state");
const token = form.elements.namedItem("csrfmiddlewaretoken");
const edition = form.elements.namedItem("edition");
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: form.dataset.zone });
const EVERY = 3000;
let dirty = false, waiting, running, passed = false;

function tell(name, words) {
  state.dataset.state = name;
  if (state.textContent !== words) state.textContent = words;
}

function typed() {
  const said = Object.fromEntries(new FormData(form));
  delete said.csrfmiddlewaretoken;
  delete said.edition;
  return said;
}

async function post(body) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token.value };
  return fetch(form.dataset.save, { method: "POST", headers, body, redirect: "manual", cache: "no-store" }).catch(() => undefined);
}

// Whoever logs in again in another tab has another token; this page fetches it and goes on.
async function renew() {
  const page = await fetch(location.href, { redirect: "manual", cache: "no-store" }).catch(() => undefined);
  if (!page?.ok) return;
  const read = new DOMParser().parseFromString(await page.text(), "text/html");
  token.value = read.querySelector("[data-worry] [name=csrfmiddlewaretoken]")?.value ?? token.value;
}

async function attempt() {
  const said = typed();
  const body = JSON.stringify({ ...said, edition: edition.value });
  tell("saving", form.dataset.saving);
  let answer = await post(body);
  if (answer && (answer.status === 403 || answer.type === "opaqueredirect")) {
    await renew();
    answer = await post(body);
  }
  if (!answer || answer.status >= 500) { tell("failed", form.dataset.offline); return false; }
  if (answer.status === 403 || answer.type === "opaqueredirect" || answer.status === 404) { tell("failed", form.dataset.loggedOut); return false; }
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) { tell("failed", `${form.dataset.unsaved}: ${found.words ?? ""}`); return "refused"; }
  edition.value = found.edition;
  if (JSON.stringify(typed()) === JSON.stringify(said)) dirty = false;
  tell("saved", `${form.dataset.saved} ${clock.format(new Date())}`);
  return true;
}

// One at a time: what is typed meanwhile is saved by the next one.
function save() {
  clearTimeout(waiting);
  waiting = undefined;
  running ??= attempt().then((done) => {
    running = undefined;
    if (dirty && done !== "refused") later();
    return done;
  });
  return running;
}

function later() { waiting ??= setTimeout(save, EVERY); }

form.addEventListener("input", () => {
  dirty = true;
  if (state.dataset.state === "saved") tell("unsaved", form.dataset.unsaved);
  later();
});
addEventListener("online", () => { if (dirty) save(); });
addEventListener("offline", () => { if (dirty) tell("failed", form.dataset.offline); });
addEventListener("beforeunload", (event) => { if (dirty && !passed) event.preventDefault(); });

// What is sent is saved first: where there is no connection the page stays, and what is written in it.
form.addEventListener("submit", async (event) => {
  if (passed || event.submitter?.hasAttribute("data-throws")) { passed = true; return; }
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "true";
  await running;
  const done = await save();
  delete form.dataset.busy;
  if (!done) return;
  passed = true;
  form.requestSubmit(event.submitter);
});
addEventListener("pageshow", () => { passed = false; });

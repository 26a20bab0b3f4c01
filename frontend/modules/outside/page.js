// The page for outdoors. It opens from the phone itself, finds out who is at work, and keeps what is written from the first
// keystroke on. What is sent, when, and how often, `sending.js` knows.
import { Form } from "./form.js";
import { fromSealed, keep, keepSealed, paired, present, waitingOfOthers } from "./keys.js";
import { showOutbox, showTold } from "./outbox.js";
import { ask, begin, discard, items, onChange, onMeet, save, send, useSession, whole } from "./sending.js";
import { asleep, fetchSigned, pair } from "./signing.js";

const SLOW = 5000; // so long the page waits for the server before it goes on with what it has
const PAUSE = 300; // between a keystroke and putting it down
const find = (name) => document.querySelector(`[data-${name}]`);
const main = find("outside");
let who;
let kit;
let started;
let pause;
let told = [];

const form = new Form(find("form"), typed);

// Ask the server who is logged in: "met", or "log-in" where nobody is, "no-right", "later" where it does not answer.
async function meet() {
  try {
    const answer = await fetch("/ude/saet.json", { signal: AbortSignal.timeout(SLOW), headers: { "Accept-Language": document.documentElement.lang } });
    if (answer.status === 403) return "no-right";
    if (answer.status === 200 && !answer.redirected) { // else sent on to set up a second factor first
      await withSession(await answer.json());
      return "met";
    }
    const device = await paired();
    if (device) await withSignature(device);
    return device ? "met" : "log-in";
  } catch {
    return "later";
  }
}

// Who is at work: as the server says, else as this phone knows. One at a time, however often the network comes back.
async function enter() {
  const met = await meet();
  who = await present();
  connection({ later: main.dataset.sayNoSignal, "log-in": main.dataset.sayLogIn }[met] ?? "");
  if (met === "no-right") return locked(main.dataset.sayNoRight);
  kit ??= who && await fromSealed("kit", who);
  return who && kit ? open() : locked();
}

let entering;
function enterOnce() {
  entering ??= enter().finally(() => { entering = undefined; });
  return entering;
}

async function withSession({ key, csrf, theme, ...said }) {
  await keep(said.member, key);
  const woken = await asleep(said.member);
  if (woken) await pair({ member: said.member, csrf, label: woken.label }).catch(() => undefined);
  kit = said;
  useSession(csrf);
  await look(said.language, theme);
}

async function withSignature(device) {
  const answer = await fetchSigned(device, "GET", "/enhed/saet.json");
  if (answer.ok) kit = await answer.json();
}

// The kept page is in the language that it was fetched in; where the reader has another now, it is fetched anew.
async function look(language, theme) {
  document.documentElement.dataset.theme = theme;
  if (language === document.documentElement.lang || !navigator.serviceWorker?.controller) return;
  const channel = new MessageChannel();
  const done = new Promise((answer) => { channel.port1.onmessage = answer; });
  navigator.serviceWorker.controller.postMessage("fetch-page-anew", [channel.port2]);
  if ((await done).data === "done") location.reload();
}

async function locked(words = "") {
  const others = await waitingOfOthers("");
  find("locked").hidden = false;
  find("locked-waiting").hidden = !others;
  find("locked-number").textContent = others;
  find("locked-why").textContent = words;
  find("open").hidden = true;
  main.dataset.ready = "locked";
}

async function open() {
  await keepSealed("kit", who, kit);
  if (main.dataset.ready !== "open") await show();
  await sendNow();
  await hear();
}

async function show() {
  find("locked").hidden = true;
  find("open").hidden = false;
  find("who").textContent = `${kit.name} · ${kit.organisation}`;
  form.use(kit);
  const others = await waitingOfOthers(who.member);
  find("others").hidden = !others;
  find("others-number").textContent = others;
  find("pair").hidden = Boolean(who.device);
  find("paired").hidden = !who.device;
  if (who.device) localStorage.setItem("lokalnet-paired", "yes");
  else localStorage.removeItem("lokalnet-paired");
  tellQuiet();
  await begin(who);
  await takeUpDraft();
  main.dataset.ready = "open";
}

// A draft that was left when the page closed stands in the form again.
async function takeUpDraft() {
  const draft = (await items(who)).filter(({ state }) => state === "draft").at(-1);
  if (draft) await edit(draft.id);
}

async function sendNow() {
  if (await send() !== "log-in") return;
  who = await present();
  if (who) connection(main.dataset.sayLogIn);
  else locked();
}

// What became of what was sent: from the server where it answers, else as it was told last.
async function hear() {
  told = await fromSealed("told", who) ?? [];
  try {
    const answer = await ask(who, "GET", "svar.json");
    if (answer.ok) {
      ({ told } = await answer.json());
      await keepSealed("told", who, told);
    }
  } catch { /* no signal: what was told last stays */ }
  showTold(find("told"), told);
  await list();
}

function connection(words) {
  find("connection").textContent = words;
  find("connection").hidden = !words;
  find("log-in").hidden = words !== main.dataset.sayLogIn;
}

// From the first keystroke on there is an item with its key; a pause later it lies on the phone.
function typed() {
  if (!who || form.empty) return;
  started ??= { id: crypto.randomUUID(), at: Date.now() };
  clearTimeout(pause);
  pause = setTimeout(() => putDown("draft"), PAUSE);
}

async function putDown(state) {
  clearTimeout(pause);
  if (started) await save(who, { ...started, state, body: form.body(started), shown: form.shown(), why: state === "draft" ? started.why : undefined });
}

async function done({ more }) {
  if (!form.complete()) return;
  started ??= { id: crypto.randomUUID(), at: Date.now() };
  await putDown("waiting");
  started = undefined;
  form.clear({ sameEvening: more });
  find("put-down").textContent = more ? main.dataset.sayOneMore : main.dataset.sayPutDown;
  (more ? form.element : find("put-down")).scrollIntoView({ block: "start" });
  find("put-down").focus();
  await sendNow();
  await hear();
}

async function edit(id) {
  const item = await whole(who, id);
  if (!item) return;
  const { kind, observation, edition } = item.body;
  started = { id, at: item.at, why: item.head.why, as: kind === "correction" ? { kind, observation, edition } : {} };
  await save(who, { ...item, state: "draft", shown: item.head, why: item.head.why });
  await form.restore(item.body, item.head.why);
  form.element.scrollIntoView({ block: "start" });
}

async function throwAway(item) {
  if (item.state !== "sent" && !confirm(main.dataset.saySure)) return;
  if (started?.id === item.id) {
    clearTimeout(pause);
    started = undefined;
    form.clear();
  }
  await discard(item.id);
}

async function again(id) {
  const item = await whole(who, id);
  await save(who, { ...item, state: "waiting", shown: item.head });
  await sendNow();
}

function tellQuiet() {
  const here = form.partnership;
  find("quiet").textContent = main.dataset.sayQuiet.replace("NN", here.week_number);
  find("quiet").disabled = here.quiet;
}

async function quiet() {
  const { slug, week } = form.partnership;
  const id = crypto.randomUUID();
  await save(who, { id, state: "waiting", at: Date.now(), body: { kind: "quiet", key: id, partnership: slug, week }, shown: {} });
  find("quiet").disabled = true;
  await sendNow();
}

async function pairHere(event) {
  event.preventDefault();
  const said = find("pair-said");
  said.textContent = "";
  try {
    const answer = await fetch("/ude/saet.json");
    if (answer.status !== 200) throw new Error(main.dataset.sayLogIn);
    const { csrf } = await answer.json();
    await pair({ member: who.member, csrf, label: find("pair").elements.namedItem("label").value });
  } catch (problem) {
    said.textContent = problem instanceof TypeError ? main.dataset.sayNoSignal : problem.message;
    return;
  }
  who = await present();
  find("pair").hidden = true;
  find("paired").hidden = false;
}

// What is being written stands in the form; what the server has told of stands among what was sent.
async function list() {
  if (!who) return;
  const shown = (await items(who)).filter(({ id, state }) => id !== started?.id && !(state === "sent" && told.some(({ key }) => key === id)));
  showOutbox(find("outbox"), shown, { edit, discard: throwAway, retry: again });
}

onChange(list);
form.element.addEventListener("submit", (event) => { event.preventDefault(); done({ more: false }); });
find("more").addEventListener("click", () => done({ more: true }));
find("quiet").addEventListener("click", quiet);
find("pair").addEventListener("submit", pairHere);
form.field("partnership").addEventListener("change", tellQuiet);
onMeet(meet);
addEventListener("online", enterOnce);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && who) sendNow(); else if (started && who) putDown("draft"); });
addEventListener("pagehide", () => { if (started && who) putDown("draft"); });

navigator.serviceWorker?.register("/ude.js", { scope: "/" }).catch(() => undefined); // without it the page needs a network
enterOnce();

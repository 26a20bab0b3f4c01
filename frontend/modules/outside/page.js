// The page for outdoors. It opens from the phone itself, finds out who is at work, and keeps what is written from the first
// keystroke on. What is sent, when, and how often, `sending.js` knows.
import { Form } from "./form.js";
import { forget, fromSealed, keep, keepSealed, onLeave, paired, present, waitingOfOthers } from "./keys.js";
import { showOutbox, showTold } from "./outbox.js";
import { ask, begin, discard, items, onChange, onMeet, save, send, useSession, whole } from "./sending.js";
import { fetchSigned, pair, wake } from "./signing.js";

const SLOW = 5000; // so long the page waits for the server before it goes on with what it has
const PAUSE = 300; // between a keystroke and putting it down
const find = (name) => document.querySelector(`[data-${name}]`);
const main = find("outside");
let who;
let kit;
let started;
let pause;
let told = [];
let saving = Promise.resolve();
let finishing = false;
let refused = 0;

const form = new Form(find("form"), typed);

// Ask the server who is logged in: "met", or "log-in" where nobody is, "no-right", "later" where it does not answer.
async function meet() {
  try {
    const headers = { "Accept-Language": document.documentElement.lang, "X-Lokalnet-Device": (await paired())?.id ?? "" };
    const answer = await fetch("/ude/saet.json", { signal: AbortSignal.timeout(SLOW), headers });
    if (answer.status === 403) return "no-right";
    if (answer.status === 200 && !answer.redirected) { // else sent on to set up a second factor first
      return await withSession(await answer.json()) ? "met" : "log-in";
    }
    const device = await paired();
    return device && await withSignature(device) ? "met" : "log-in";
  } catch {
    return "later";
  }
}

// Who is at work: as the server says, else as this phone knows. One at a time, however often the network comes back.
async function enter() {
  const met = await meet();
  if (await ended()) return startAnew();
  who = await present();
  connection({ later: main.dataset.sayNoSignal, "log-in": main.dataset.sayLogIn }[met] ?? "");
  if (met === "no-right") return locked(main.dataset.sayNoRight);
  kit ??= who && await fromSealed("kit", who);
  if (who && kit && !kit.partnerships.length) return locked(main.dataset.sayNoPartnership);
  return who && kit ? open() : locked();
}

let entering;
function enterOnce() {
  entering ??= enter().catch(noRoom).finally(() => { entering = undefined; });
  return entering;
}

// Whether the one who was at work in this tab logged out in another, or somebody else logged in.
const ended = async () => Boolean(who) && (await present())?.member !== who.member;

// What was typed last is put down, sealed; nothing of it stays on the screen.
async function startAnew() {
  await putDown("draft").catch(() => undefined);
  started = undefined;
  location.reload();
}

async function withSession({ key, session, csrf, theme, ...said }) {
  if (!await keep({ member: said.member, key, session })) return false;
  await wake(said.member, csrf);
  kit = said;
  useSession(csrf);
  await look(said.language, theme);
  return true;
}

async function withSignature(device) {
  const answer = await fetchSigned(device, "GET", "/enhed/saet.json");
  if (answer.ok) kit = await answer.json();
  const revoked = answer.status === 401 && (await answer.json()).error === "unknown";
  if (revoked) await forget(); // nothing stays readable on this phone
  return !revoked;
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
  find("locked-log-in").hidden = Boolean(words);
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
  await begin();
  await takeUpDraft();
  main.dataset.ready = "open";
}

// A draft that was left when the page closed stands in the form again.
async function takeUpDraft() {
  const draft = (await items(who)).filter(({ state }) => state === "draft").at(-1);
  if (draft) await edit(draft.id);
}

async function sendNow() {
  const sent = await send();
  if (await ended()) return startAnew();
  if (sent === "log-in") connection(main.dataset.sayLogIn);
  if (sent === "no-right") connection(main.dataset.sayNoRight);
  return sent;
}

// The phone's storage is full, or the browser keeps nothing: better said than lost in silence.
function noRoom() {
  connection(main.dataset.sayNoRoom);
}

// What became of what was sent: from the server where it answers, else as it was told last.
async function hear() {
  told = await fromSealed("told", who) ?? [];
  try {
    const answer = await ask(who, "GET", "svar.json");
    if (answer.ok) {
      ({ told } = await answer.json());
      await keepSealed("told", who, told);
    } else if (answer.status === 401 && (await answer.json()).error === "unknown") { // revoked meanwhile
      await forget();
      await startAnew();
      return;
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
  started.typed = true;
  clearTimeout(pause);
  pause = setTimeout(() => putDown("draft").catch(noRoom), PAUSE);
}

// One after the other: what was typed last is what lies there. A draft to which nothing was added is not put down again,
// for another tab may have gone on with it; what was typed in both is two.
function putDown(state) {
  clearTimeout(pause);
  const mine = started;
  if (!mine || (state === "draft" && !mine.typed)) return saving;
  const added = mine.typed;
  mine.typed = false;
  const [body, shown] = [form.body(mine), form.shown()];
  const put = saving.then(async () => {
    const said = () => ({ ...mine, state, body: { ...body, key: mine.id }, shown, why: state === "draft" ? mine.why : undefined });
    mine.knows = await save(who, said());
    if (mine.knows || !added) return;
    mine.id = crypto.randomUUID();
    mine.knows = await save(who, said());
  });
  saving = put.catch(() => { mine.typed ||= added; });
  return put;
}

async function done({ more }) {
  if (finishing) return;
  finishing = true;
  const kept = await finish(more).catch(noRoom).finally(() => { finishing = false; });
  if (!kept) return;
  const sent = await sendNow();
  await hear();
  tellPutDown(sent, more);
}

// Where the last one stands, when it has been tried.
function tellPutDown(sent, more) {
  const { saySentNow, sayKept, sayOneMore } = main.dataset;
  const stands = refused ? "" : sent === "done" ? saySentNow : sayKept;
  find("put-down").textContent = [stands, more ? sayOneMore : ""].filter(Boolean).join(" ");
}

// Whether it lies on the phone now; only then the form is emptied.
async function finish(more) {
  await form.camera.given();
  if (!form.complete()) return false;
  started ??= { id: crypto.randomUUID(), at: Date.now() };
  await putDown("waiting");
  started = undefined;
  form.clear({ sameEvening: more });
  find("put-down").textContent = main.dataset.sayPutDown;
  (more ? form.element : find("put-down")).scrollIntoView({ block: "start" });
  find("put-down").focus();
  return true;
}

async function edit(id) {
  await putDown("draft");
  const item = await whole(who, id);
  if (!item || ["sending", "sent"].includes(item.state)) return;
  const { kind, observation, edition } = item.body;
  const knows = await save(who, { ...item, knows: item.edition, state: "draft", shown: item.head, why: item.head.why });
  if (!knows) return;
  started = { id, knows, at: item.at, why: item.head.why, as: kind === "correction" ? { kind, observation, edition } : {} };
  await form.restore(item.body, item.head.why);
  form.element.scrollIntoView({ block: "start" });
}

async function throwAway(item) {
  if (item.state !== "sent" && !confirm(item.tried ? main.dataset.sayPerhaps : main.dataset.saySure)) return;
  if (started?.id === item.id) {
    clearTimeout(pause);
    started = undefined;
    form.clear();
  }
  await saving;
  await discard(item.id);
}

function tellQuiet() {
  const here = form.partnership;
  find("quiet").textContent = main.dataset.sayQuiet.replace("NN", here.week_number);
  find("quiet").disabled = here.quiet === "said";
  find("quiet").hidden = here.quiet === "not";
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
  showOutbox(find("outbox"), shown, { edit, discard: throwAway });
  const wrong = shown.filter(({ state }) => state === "refused");
  refused = wrong.length;
  find("refused").hidden = !refused;
  find("refused-number").textContent = refused;
  find("mend").onclick = () => (wrong[0].head.kind === "quiet" ? find("outbox").scrollIntoView() : edit(wrong[0].id));
}

onChange(list);
form.element.addEventListener("submit", (event) => { event.preventDefault(); done({ more: false }); });
find("more").addEventListener("click", () => done({ more: true }));
find("quiet").addEventListener("click", quiet);
find("pair").addEventListener("submit", pairHere);
form.field("partnership").addEventListener("change", tellQuiet);
onMeet(meet);
addEventListener("online", enterOnce);
addEventListener("offline", () => connection(main.dataset.sayNoSignal));
onLeave(startAnew);
document.addEventListener("visibilitychange", () => { if (who) (document.visibilityState === "visible" ? sendNow() : putDown("draft")).catch(noRoom); });
addEventListener("pagehide", () => { if (who) putDown("draft").catch(() => undefined); });

navigator.serviceWorker?.register("/ude.js", { scope: "/" }).catch(() => undefined); // without it the page needs a network
enterOnce();

// The outbox. A report is put down in it at the first keystroke, under the key that it keeps, and leaves it when the
// server has said that it has it. States: draft, waiting, sending, sent, refused.
import { forget, heard, paired, present, seal, unseal } from "./keys.js";
import { fetchSigned } from "./signing.js";
import { change, read, readAll } from "./store.js";

const KEPT = 24 * 60 * 60 * 1000; // what was sent stays in sight for a day
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;
const PATIENCE = 30000; // for one answer
const news = new EventTarget();
let wait = FIRST_WAIT;
let timer;
let csrf = ""; // of the log-in, where there is one

export const onChange = (act) => news.addEventListener("change", act);
const changed = () => news.dispatchEvent(new Event("change"));
let meet; // asks the server who is logged in
export const useSession = (token) => { csrf = token; };
export const onMeet = (act) => { meet = act; };

// What lies here of the member's, oldest first, with the little that a list shows: {category, when, partnership, why}.
export async function items(who) {
  const rows = (await readAll("items")).filter((row) => row.member === who.member);
  const opened = await Promise.all(rows.map(async (row) => ({ ...row, head: await unseal(who.key, row.head).catch(() => ({})) })));
  return opened.sort((one, other) => one.at - other.at);
}

// One of them whole, to go on writing or to send: {…, body, head}.
export async function whole(who, id) {
  const row = await read("items", id);
  return row?.member === who.member ? unsealed(who, row) : undefined;
}

const unsealed = async (who, row) => ({ ...row, body: await unseal(who.key, row.body), head: await unseal(who.key, row.head) });

async function sealed(who, { body, why, shown }) {
  const head = { category: shown?.category, when: shown?.when, photo: shown?.photo, kind: body.kind, why };
  return { head: await seal(who.key, head), body: await seal(who.key, body) };
}

// Put an item down as it is now. `body` is what is sent, `why` what the server said against it. `knows` is the edition
// that was written on; the new one, or nothing where somebody wrote another since (in another tab).
export async function save(who, { id, state, at, link, knows, ...said }) {
  const words = await sealed(who, said);
  const edition = crypto.randomUUID();
  const put = await change("items", id, (there) => (
    there && there.edition !== knows ? undefined : { id, member: who.member, state, at, link, tried: there?.tried, edition, changed: Date.now(), ...words }));
  changed();
  return put?.edition;
}

// What is under way is not thrown away: it may be there already.
export async function discard(id) {
  await change("items", id, (there) => (there && there.state !== "sending" ? null : undefined));
  changed();
}

// The item in its new state; nothing where it stands in another than `from` by now, or is gone.
const turn = (id, from, into) => change("items", id, (there) => (
  there?.state === from ? { ...there, state: into, tried: there.tried || into === "sending", changed: Date.now() } : undefined));

export async function begin() {
  for (const { id } of await readAll("items")) {
    await change("items", id, (there) => (there?.state === "sent" && Date.now() - there.changed > KEPT ? null : undefined));
  }
  changed();
}

// Send what waits, one after the other, in one tab at a time. The server takes each once, however often it is sent.
export async function send({ again = false } = {}) {
  clearTimeout(timer);
  if (!again) wait = FIRST_WAIT;
  const done = await navigator.locks.request("lokalnet-outbox", { ifAvailable: true }, (lock) => (lock ? sendAll() : "later"));
  if (done === "later") {
    timer = setTimeout(() => send({ again: true }), wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
  return done;
}

async function sendAll() {
  await settleOld();
  const met = csrf || await paired() ? "met" : await meet();
  if (met !== "met") return met;
  const who = await present();
  if (!who) return "log-in";
  const failed = new Set(); // those over which the server stumbled do not keep the others waiting
  for (;;) {
    const waiting = (await readAll("items")).filter((row) => row.member === who.member && row.state === "waiting" && !failed.has(row.id));
    if (!waiting.length) return failed.size ? "later" : "done";
    const [{ id }] = waiting.sort((one, other) => one.at - other.at);
    const outcome = await sendOne(who, id);
    if (outcome === "failed") failed.add(id);
    else if (outcome !== "next") return outcome;
  }
}

// Whoever sends is alone: a try that is still under way here ended with its tab, and waits.
async function settleOld() {
  for (const { id } of await readAll("items")) await turn(id, "sending", "waiting");
}

async function sendOne(who, id) {
  const row = await turn(id, "waiting", "sending");
  if (!row) return "next";
  changed();
  let item;
  let answer;
  let said;
  try {
    item = await unsealed(who, row);
    answer = await ask(who, "POST", "send/", JSON.stringify({ ...item.body, sent_at: new Date().toISOString() }));
    said = await answer.json().catch(() => undefined);
  } catch {
    await back(id);
    return item ? "later" : "failed";
  }
  if (!answer.redirected && (said || [400, 401, 403, 413].includes(answer.status))) return judge(who, item, answer.status, said ?? {});
  await back(id); // not the answer to what was sent: another page, a wireless network's, or the server stumbled
  csrf = "";
  return answer.status === 500 ? "failed" : "later";
}

// What the answer says that the phone should do.
async function judge(who, item, status, said) {
  if (status === 200 || status === 201) {
    await heard();
    wait = FIRST_WAIT;
    return settle(who, item, { state: "sent", link: said.observation, body: { kind: item.body.kind } });
  }
  if (status === 409 && said.received_as) {
    return settle(who, item, { state: "waiting", body: { ...item.body, kind: "correction", observation: said.received_as, edition: said.edition } });
  }
  if (status === 409) return settle(who, item, { state: "refused", why: said, body: { ...item.body, edition: said.edition } });
  if ([400, 404, 413, 422].includes(status)) return settle(who, item, { state: "refused", why: said });
  await back(item.id);
  if (status === 401 && said.error === "unknown") await forget(); // revoked, or over: nothing stays readable on this phone
  if (status === 401) csrf = "";
  if (status === 403 && csrf) { // the page's token is older than the log-in
    csrf = "";
    return "later";
  }
  return status === 401 || status === 403 ? "log-in" : "later";
}

// Somebody may have gone on writing, or thrown it away, while it was under way: then that counts.
async function settle(who, item, { state, link, why, body = item.body }) {
  const words = await sealed(who, { body, why, shown: item.head });
  await change("items", item.id, (there) => (there?.state === "sending" ? { ...there, state, link, changed: Date.now(), ...words } : undefined));
  changed();
  return "next";
}

async function back(id) {
  await turn(id, "sending", "waiting");
  changed();
}

// A browser with a log-in asks with its session, a paired phone with its signature, whichever there is. Who asks is said
// along: the log-in may be another's by now, or the same person's for another organisation.
export async function ask(who, method, path, body) {
  if (csrf || !who.device) {
    const answer = await fetch(`/ude/${path}`, {
      method, body, signal: AbortSignal.timeout(PATIENCE),
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf, "X-Lokalnet-Member": who.member },
    });
    if (!who.device || ![401, 403].includes(answer.status)) return answer;
    csrf = "";
  }
  return fetchSigned(who.device, method, `/enhed/${path}`, body);
}

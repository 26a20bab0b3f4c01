// The outbox. A report is put down in it at the first keystroke, under the key that it keeps, and leaves it when the
// server has said that it has it. States: draft, waiting, sending, sent, refused.
import { forget, heard, paired, present, seal, unseal } from "./keys.js";
import { fetchSigned } from "./signing.js";
import { read, readAll, remove, write } from "./store.js";

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
  return row?.member === who.member ? { ...row, body: await unseal(who.key, row.body), head: await unseal(who.key, row.head) } : undefined;
}

// Put an item down as it is now. `body` is what is sent, `why` what the server said against it.
export async function save(who, { id, state, at, body, link, why, shown }) {
  const head = { category: shown?.category, when: shown?.when, kind: body.kind, why };
  await write("items", { id, member: who.member, state, at, link, changed: Date.now(), head: await seal(who.key, head), body: await seal(who.key, body) });
  changed();
}

export async function discard(id) {
  await remove("items", id);
  changed();
}

const turn = (row, state) => write("items", { ...row, state, changed: Date.now() });

// A try that was under way when the phone died is one that still waits.
export async function begin(who) {
  for (const row of await readAll("items")) {
    if (row.member === who.member && row.state === "sending") await turn(row, "waiting");
    if (row.state === "sent" && Date.now() - row.changed > KEPT) await remove("items", row.id);
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
  const met = csrf || await paired() ? "met" : await meet();
  if (met !== "met") return met;
  const who = await present();
  if (!who) return "log-in";
  for (;;) {
    const waiting = (await readAll("items")).filter((row) => row.member === who.member && row.state === "waiting");
    if (!waiting.length) return "done";
    const [{ id }] = waiting.sort((one, other) => one.at - other.at);
    const outcome = await sendOne(who, await whole(who, id));
    if (outcome !== "next") return outcome;
  }
}

async function sendOne(who, item) {
  await turn(await read("items", item.id), "sending");
  changed();
  let answer;
  let said;
  try {
    answer = await ask(who, "POST", "send/", JSON.stringify({ ...item.body, sent_at: new Date().toISOString() }));
    said = await answer.json().catch(() => ({}));
  } catch {
    await back(item);
    return "later";
  }
  return judge(who, item, answer.status, said);
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
  await back(item);
  if (status === 401 && said.error === "unknown") await forget(); // revoked, or over: nothing stays readable on this phone
  if (status === 403 && csrf) { // the page's token is older than the log-in
    csrf = "";
    return "later";
  }
  return status === 401 || status === 403 ? "log-in" : "later";
}

// Somebody may have gone on writing, or thrown it away, while it was under way: then that counts.
async function settle(who, item, into) {
  const stands = await read("items", item.id);
  if (stands?.state === "sending") await save(who, { ...item, shown: item.head, why: undefined, ...into });
  return "next";
}

async function back(item) {
  const stands = await read("items", item.id);
  if (stands?.state === "sending") await turn(stands, "waiting");
  changed();
}

// A browser with a log-in asks with its session, a paired phone with its signature, whichever there is.
export async function ask(who, method, path, body) {
  if (csrf || !who.device) {
    const answer = await fetch(`/ude/${path}`, {
      method, body, signal: AbortSignal.timeout(PATIENCE), headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
    });
    if (!who.device || ![401, 403].includes(answer.status)) return answer;
    csrf = "";
  }
  return fetchSigned(who.device, method, `/enhed/${path}`, body);
}

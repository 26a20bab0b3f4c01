// The keys of this browser: one under which a member's words lie here, and one by which a paired phone signs. Neither can
// be read out of the browser, and both go at log-out.
import { change, read, readAll, remove, write } from "./store.js";

const A_DAY = 24 * 60 * 60 * 1000;
const LEAVING = 60 * 1000; // so long an answer to a log-in that is over may be under way
const tabs = new BroadcastChannel("lokalnet-log-out");
const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
export const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));

// The member's key, as the server gave it at log-in; false where that log-in ended meanwhile, in whichever tab. Another
// member's keys go: what that one wrote stays, sealed.
export async function keep({ member, key, session }) {
  const before = await read("keys", "outbox");
  if (before?.member && before.member !== member) await forget();
  const made = await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]);
  const left = (there) => there?.left === session && Date.now() - there.at < LEAVING;
  const kept = await change("keys", "outbox", (there) => (left(there) ? undefined : { member, session, key: made, at: Date.now() }));
  navigator.storage?.persist?.();
  return Boolean(kept);
}

// Whoever is at work here: {member, key, device}, or nothing where one has to log in first. Without a paired phone what
// lies here can be read for a day after the server was last heard.
export async function present() {
  const outbox = await read("keys", "outbox");
  if (!outbox?.key) return undefined;
  const device = await paired();
  if (!device && Math.abs(Date.now() - outbox.at) > A_DAY) { // a clock that was put back does not prolong it
    await forget();
    return undefined;
  }
  return { member: outbox.member, key: outbox.key, device };
}

export const heard = () => change("keys", "outbox", (outbox) => (outbox?.key ? { ...outbox, at: Date.now() } : undefined));

export async function paired() {
  const device = await read("keys", "device");
  const outbox = await read("keys", "outbox");
  return device?.key && device.member === outbox?.member && device.expires > Date.now() ? device : undefined;
}

// After this nothing here can be read and nothing sent. The name of the phone stays, for the same member's next log-in.
export async function forget() {
  await change("keys", "device", (device) => device && { ...device, key: undefined });
  await remove("keys", "outbox");
}

// At log-out, in all tabs: the log-in is remembered as over, because another tab may be asking for its key just now.
export async function leave() {
  const outbox = await read("keys", "outbox");
  await forget();
  if (outbox?.session) await write("keys", { left: outbox.session, at: Date.now() }, "outbox");
  tabs.postMessage("left");
}

export const onLeave = (act) => tabs.addEventListener("message", act);

export async function seal(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(value))) };
}

export async function unseal(key, sealed) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data)));
}

// What the server said last, for when it cannot be asked: under the member's key like all else.
export const keepSealed = async (name, { member, key }, value) => write("sealed", { member, ...await seal(key, value) }, name);

export async function fromSealed(name, { member, key }) {
  const found = await read("sealed", name);
  return found?.member === member ? unseal(key, found).catch(() => undefined) : undefined;
}

export const waitingOfOthers = async (member) => (await readAll("items")).filter((item) => item.member !== member && item.state !== "sent").length;

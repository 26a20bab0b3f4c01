// The keys of this browser: one under which a member's words lie here, and one by which a paired phone signs. Neither can
// be read out of the browser, and both go at log-out.
import { read, readAll, remove, write } from "./store.js";

const A_DAY = 24 * 60 * 60 * 1000;
const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
export const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));

// The member's key, as the server gave it at log-in. Another member's keys go: what that one wrote stays, sealed.
export async function keep(member, key) {
  const before = await read("keys", "outbox");
  if (before && before.member !== member) await forget();
  const made = await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]);
  await write("keys", { member, key: made, at: Date.now() }, "outbox");
  navigator.storage?.persist?.();
  return made;
}

// Whoever is at work here: {member, key, device}, or nothing where one has to log in first. Without a paired phone what
// lies here can be read for a day after the server was last heard.
export async function present() {
  const outbox = await read("keys", "outbox");
  if (!outbox) return undefined;
  const device = await paired();
  if (!device && Date.now() - outbox.at > A_DAY) {
    await forget();
    return undefined;
  }
  return { member: outbox.member, key: outbox.key, device };
}

export async function heard() {
  const outbox = await read("keys", "outbox");
  if (outbox) await write("keys", { ...outbox, at: Date.now() }, "outbox");
}

export async function paired() {
  const device = await read("keys", "device");
  const outbox = await read("keys", "outbox");
  return device?.key && device.member === outbox?.member && device.expires > Date.now() ? device : undefined;
}

// After this nothing here can be read and nothing sent. The name of the phone stays, for the same member's next log-in.
export async function forget() {
  const device = await read("keys", "device");
  if (device) await write("keys", { ...device, key: undefined }, "device");
  await remove("keys", "outbox");
}

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

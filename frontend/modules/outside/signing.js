// A paired phone: it makes a key that never leaves this browser, and signs what it asks and sends.
import { text } from "./keys.js";
import { read, write } from "./store.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const VERSION = "lokalnet-device-1";
let ahead = 0; // milliseconds that the server's clock is ahead of this one

// Wake the pairing that the member put to sleep by logging out; in one tab at a time, or each would make a key of its own.
export const wake = (member, csrf) => navigator.locks.request("lokalnet-device", async () => {
  const device = await asleep(member);
  if (device) await pair({ member, csrf, label: device.label }).catch(() => undefined);
});

// Pair this phone for the member, or wake the pairing that the same member had here before. Raises with the server's words.
export async function pair({ member, csrf, label }) {
  const before = await read("keys", "device");
  const again = before?.member === member && before.expires > Date.now();
  const made = await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
  const publicKey = text(await crypto.subtle.exportKey("raw", made.publicKey));
  const answer = await fetch("/enheder/par/", {
    method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
    body: JSON.stringify({ label, public_key: publicKey, device: again ? before.id : undefined }),
  });
  const said = await answer.json();
  if (answer.ok) {
    await write("keys", { id: said.device, member, key: made.privateKey, expires: Date.parse(said.expires), label: label ?? before.label }, "device");
    return said;
  }
  if (answer.status === 409) await write("keys", { member: "", expires: 0 }, "device"); // has to be paired anew, by hand
  throw new Error(Object.values(said.errors ?? {}).flat().join(" "));
}

// Whether the member paired this phone before and only logged out since.
async function asleep(member) {
  const device = await read("keys", "device");
  return device?.member === member && !device.key && device.expires > Date.now() ? device : undefined;
}

export async function fetchSigned(device, method, path, body = "") {
  const answer = await once(device, method, path, body);
  if (answer.status !== 401) return answer;
  const { error, now } = await answer.clone().json().catch(() => ({}));
  if (error !== "clock") return answer;
  ahead = now - Date.now();
  return once(device, method, path, body);
}

async function once(device, method, path, body) {
  const at = Date.now() + ahead;
  const nonce = crypto.randomUUID();
  const digest = hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body)));
  const said = [VERSION, method, path, at, nonce, digest].join("\n");
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, device.key, new TextEncoder().encode(said));
  const sent = text(signature).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return fetch(path, {
    method, credentials: "omit", body: body || undefined,
    headers: { "Content-Type": "application/json", Authorization: `Device ${device.id} ${at} ${nonce} ${sent}`, "Accept-Language": document.documentElement.lang },
  });
}

const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

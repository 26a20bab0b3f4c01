// The phone's own small database. What was written lies in it sealed; beside it only what sending needs to know.
const opened = new Promise((done, failed) => {
  const request = indexedDB.open("lokalnet", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("keys");
    request.result.createObjectStore("sealed");
    request.result.createObjectStore("items", { keyPath: "id" });
  };
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

async function run(store, mode, act) {
  const database = await opened;
  return new Promise((done, failed) => {
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
}

export const read = (store, key) => run(store, "readonly", (table) => table.get(key));
export const readAll = (store) => run(store, "readonly", (table) => table.getAll());
export const write = (store, value, key) => run(store, "readwrite", (table) => table.put(value, key));
export const remove = (store, key) => run(store, "readwrite", (table) => table.delete(key));

// What lies there becomes what `make` says of it, and no other tab comes between: null removes it, undefined leaves it.
// What is put there then; nothing where `make` left it.
export async function change(store, key, make) {
  let made;
  await run(store, "readwrite", (table) => {
    const asked = table.get(key);
    asked.onsuccess = () => {
      made = make(asked.result);
      if (made === null) table.delete(key);
      else if (made !== undefined) table.put(made, table.keyPath ? undefined : key);
    };
    return asked;
  });
  return made ?? undefined;
}

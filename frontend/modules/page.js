// On every page: the menus close when one clicks elsewhere or presses Escape, and the page can be copied.
const menus = [...document.querySelectorAll("details.person, details.more-menu")];

addEventListener("click", ({ target }) => { menus.forEach((menu) => { if (!menu.contains(target)) menu.open = false; }); });
addEventListener("keydown", ({ key }) => {
  const open = menus.find((menu) => menu.open);
  if (key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// On a phone a table's rows stand as cards, and each value needs the name of its column beside it.
function label(table) {
  const names = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
  table.querySelectorAll("tbody tr:not(:has([colspan]))").forEach((row) => [...row.cells].forEach((cell, at) => { cell.dataset.label ??= names[at]; }));
  if (names.length) table.classList.add("stacked");
}
document.querySelectorAll(".table-wrap > .table:not(.stacked)").forEach(label);

// The journal's script comes when it is needed; lists with its button are replaced, so the click is heard here.
addEventListener("click", async ({ target }) => {
  const row = target.closest("[data-journal] button")?.closest("[data-journal]");
  if (row) (await import("./journal.js")).copy(row);
});

// What is shown this one time can be copied with one press; where the browser does not let us, it is marked to be copied.
document.querySelectorAll("button[data-copies]").forEach((button) => {
  const field = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard?.writeText(field.value).then(() => { button.textContent = button.dataset.copied; }, () => undefined);
  });
});

// On a phone that is paired, or where Lokalnet is installed as an app, one reports on the page that works with no signal.
const report = document.querySelector(".menu a.prominent");
if (report && (matchMedia("(display-mode: standalone)").matches || localStorage.getItem("lokalnet-paired"))) report.href = "/ude/";

// Logging out takes the keys along under which a phone keeps what it has not sent yet; what was written stays, sealed.
document.querySelectorAll("form[data-log-out]").forEach((form) => form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await import("./outside/keys.js").then(({ leave }) => leave()).catch(() => undefined);
  form.submit();
}));

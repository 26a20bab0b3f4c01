// A meeting steps by the keyboard too: a presenter's remote control sends Page Up and Page Down.
const forward = ["PageDown", "ArrowRight"], back = ["PageUp", "ArrowLeft"];

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, textarea, select")) return; // somebody is writing
  const rel = forward.includes(event.key) ? "next" : back.includes(event.key) ? "prev" : null;
  const link = rel && document.querySelector(`.wall-steps a[rel=${rel}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

// What is decided is written below the point: it comes into sight when it opens, also with what was wrong in it.
function show(form) {
  form.scrollIntoView({ block: "start" });
  form.querySelector("[aria-invalid=true], input:not([type=hidden]), textarea")?.focus({ preventScroll: true });
}

for (const form of document.querySelectorAll(".wall-forms > details")) {
  if (form.open) show(form);
  form.addEventListener("toggle", () => { if (form.open) show(form); });
}

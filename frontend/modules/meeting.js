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

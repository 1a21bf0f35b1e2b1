// The page on which an order is handed over: ticks are kept as soon as they are set.
(() => {
  "use strict";
  const form = document.querySelector(".hand-form");
  const button = form?.querySelector("[data-kept]");
  if (!button) return;
  const status = button.parentElement.querySelector("[role=status]");
  form.querySelector(".ticks").after(status);
  button.hidden = true;

  let last = Promise.resolve();
  const keep = async () => {
    const sent = new FormData(form);
    sent.set("quiet", "yes");
    let kept = false;
    try {
      const answer = await fetch(button.formAction, { method: "POST", body: sent, keepalive: true });
      kept = answer.status === 204;
    } catch {
      // No network in the cellar: the button stays for later.
    }
    button.hidden = kept;
    status.textContent = kept ? button.dataset.kept : "";
  };

  form.addEventListener("change", (event) => {
    if (event.target.name === "tick") last = last.then(keep);
  });
})();

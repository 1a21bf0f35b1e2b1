// The page of a round: how many kinds were chosen and what they cost, while one chooses.
(() => {
  "use strict";
  const form = document.querySelector(".round-form");
  const output = form?.querySelector("output[data-chosen]");
  if (!output) return;

  // "0원" or "₩0", as the server writes it.
  const won = (amount) => output.dataset.won.replace("0", amount.toLocaleString("ko-KR"));

  const chosen = new Map();
  const show = () => {
    let sum = 0;
    for (const cost of chosen.values()) sum += cost;
    output.hidden = chosen.size === 0;
    output.textContent = output.dataset.chosen
      .replace("{num}", chosen.size)
      .replace("{won}", won(sum));
  };
  const note = (input) => {
    const number = Math.floor(Number(input.value)) || 0;
    input.closest("li").classList.toggle("has-some", number > 0);
    if (number > 0) chosen.set(input.name, number * Number(input.dataset.p));
    else chosen.delete(input.name);
  };

  form.addEventListener("input", (event) => {
    if (!event.target.dataset.p) return;
    note(event.target);
    show();
  });
  // Browsers bring back what was typed when one comes back to the page.
  window.addEventListener("pageshow", () => {
    chosen.clear();
    form.querySelectorAll("input[data-p]").forEach((input) => {
      if (input.value !== "0") note(input);
    });
    show();
  });
})();

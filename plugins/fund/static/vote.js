// A ballot: what is chosen and what is left, while one chooses. And a code that came after "#".
(() => {
  "use strict";
  const field = document.querySelector("form[data-code] input[name=code]");
  if (field && location.hash.length > 1 && !field.value) {
    field.value = decodeURIComponent(location.hash.slice(1)).slice(0, 40);
    history.replaceState(null, "", location.pathname);
  }

  const form = document.querySelector("form[data-ballot]");
  const output = form?.querySelector("[data-left]");
  if (!output) return;
  const { budget, most } = form.dataset;
  const words = output.dataset;
  const number = (n) => n.toLocaleString("ko-KR");
  // "0원" or "₩0", as the server writes it.
  const won = (amount) => words.won.replace("0", number(amount));

  const show = () => {
    const boxes = [...form.querySelectorAll("input[data-cost]:checked")];
    const cost = boxes.reduce((sum, box) => sum + Number(box.dataset.cost), 0);
    const parts = [words.chosen.replace("{num}", boxes.length).replace("{cost}", won(cost))];
    let wrong = false;
    if (budget) {
      const rest = Number(budget) - cost;
      wrong = rest < 0;
      parts.push((wrong ? words.over : words.rest).replace("{rest}", won(Math.abs(rest))));
    }
    if (most) {
      const rest = Number(most) - boxes.length;
      wrong = wrong || rest < 0;
      parts.push((rest < 0 ? words.many : words.number).replace("{rest}", number(Math.abs(rest))));
    }
    output.hidden = false;
    output.textContent = parts.join(" ");
    output.classList.toggle("notice-problem", wrong);
    output.classList.toggle("notice-note", !wrong);
  };

  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
})();

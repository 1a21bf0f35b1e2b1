// Small comforts on top of pages that work without them.
(() => {
  "use strict";

  // A minus and a plus beside each number that counts things.
  const stepButton = (input, sign, words) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "step-button";
    button.textContent = sign > 0 ? "+" : "−";
    button.setAttribute("aria-label", `${input.getAttribute("aria-label") || ""}: ${words}`);
    button.addEventListener("click", () => {
      if (input.value === "") input.value = input.min || 0;
      else if (sign > 0) input.stepUp();
      else input.stepDown();
      for (const name of ["input", "change"]) {
        input.dispatchEvent(new Event(name, { bubbles: true }));
      }
    });
    return button;
  };

  const enhanceStepper = (stepper) => {
    const input = stepper.querySelector("input");
    if (!input || stepper.classList.contains("is-ready")) return;
    const { less, more } = document.body.dataset;
    const minus = stepButton(input, -1, less);
    const plus = stepButton(input, 1, more);
    // aria-disabled and not disabled: the focus must stay where it is at either end.
    const mark = () => {
      const value = Number(input.value);
      minus.setAttribute("aria-disabled", input.min !== "" && value <= Number(input.min));
      plus.setAttribute("aria-disabled", input.max !== "" && value >= Number(input.max));
    };
    input.addEventListener("input", mark);
    input.before(minus);
    input.after(plus);
    stepper.classList.add("is-ready");
    mark();
  };

  // What unfolds in its place by itself opens over the page: the browser keeps the focus in it,
  // and gives it back. The panel is moved and not copied, so that what was typed is kept.
  const enhanceDialog = (details) => {
    if (details.classList.contains("is-ready") || !window.HTMLDialogElement) return;
    const panel = details.querySelector(".dialog-panel");
    const over = document.createElement("dialog");
    over.className = "dialog-over";
    over.setAttribute("aria-label", panel.querySelector(".dialog-title").textContent);
    over.addEventListener("close", () => {
      details.append(panel);
      over.remove();
    });
    over.addEventListener("click", (event) => {
      if (event.target === over || event.target.closest("[data-close]")) over.close();
    });
    details.querySelector("summary").addEventListener("click", (event) => {
      event.preventDefault();
      over.append(panel);
      document.body.append(over);
      over.showModal();
    });
    details.classList.add("is-ready");
  };

  const enhance = (root) => {
    root.querySelectorAll(".stepper").forEach(enhanceStepper);
    root.querySelectorAll(".dialog").forEach(enhanceDialog);
    root.querySelectorAll("[data-print], [data-close], [data-dismiss]").forEach((button) => {
      button.hidden = false;
    });
  };

  // One press, one post. Nothing is disabled, so that the pressed button's own value is sent; the
  // mark goes when the page is shown again (also from the back button's cache), or by itself when
  // the page stays (a download, a lost network), so that nobody is left with a dead button.
  const release = (form) => {
    form.classList.remove("is-sending");
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const method = event.submitter?.formMethod || form.getAttribute("method") || "get";
    if (event.defaultPrevented || method.toLowerCase() !== "post") return;
    if (form.getAttribute("target") === "_blank") return;
    if (form.classList.contains("is-sending")) {
      event.preventDefault();
      return;
    }
    form.classList.add("is-sending");
    setTimeout(release, 8000, form);
  });

  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form.is-sending").forEach(release);
  });

  // Menus that drop down close on a press elsewhere and on Escape.
  const closeDrops = (except) => {
    document.querySelectorAll("details.drop[open]").forEach((drop) => {
      if (drop !== except) drop.open = false;
    });
  };

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) return;
    closeDrops(target.closest("details.drop"));
    if (target.closest("[data-print]")) window.print();
    target.closest("[data-dismiss]")?.parentElement.remove();
    const details = target.closest("[data-close]")?.closest("details");
    if (details) {
      details.open = false;
      details.querySelector("summary").focus();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.drop[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  enhance(document);
  // Where a row of tabs is wider than the screen, the one that is open is seen.
  document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
    const row = tab.closest(".tabs");
    row.scrollLeft = tab.offsetLeft + tab.offsetWidth / 2 - row.clientWidth / 2;
  });
  const problems = document.querySelector("[data-focus]");
  if (problems) problems.focus();

  // Pieces of a page that come later get the same comforts.
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (node.nodeType === 1 && node.parentElement) enhance(node.parentElement);
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
})();

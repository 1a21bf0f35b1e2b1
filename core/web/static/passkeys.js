// Passkeys: the page asks the node for a question, the browser asks the device, the form sends what
// it answers. Where a browser knows no passkeys the forms stay hidden.
(() => {
  "use strict";

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  };
  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };

  const question = async (form) => {
    const answer = await fetch(form.dataset.question, {
      method: "POST",
      headers: { "X-CSRFToken": form.elements.csrf_token.value },
    });
    if (!answer.ok) throw new Error(`the question came with ${answer.status}`);
    const asked = await answer.json();
    asked.challenge = bytes(asked.challenge);
    if (asked.user) asked.user.id = bytes(asked.user.id);
    for (const known of [...(asked.excludeCredentials || []), ...(asked.allowCredentials || [])]) {
      known.id = bytes(known.id);
    }
    return asked;
  };

  const plain = (key) => {
    const response = { clientDataJSON: text(key.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[part]) response[part] = text(key.response[part]);
    }
    return JSON.stringify({
      id: key.id,
      rawId: text(key.rawId),
      type: key.type,
      response,
      clientExtensionResults: {},
    });
  };

  const send = async (event) => {
    const form = event.target;
    if (form.dataset.ready) return;
    event.preventDefault();
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      const publicKey = await question(form);
      const key = await navigator.credentials[form.dataset.passkey]({ publicKey });
      form.elements.answer.value = plain(key);
      form.dataset.ready = "yes";
      form.classList.remove("is-sending");
      form.requestSubmit();
    } catch {
      form.classList.remove("is-sending");
      failed.hidden = false;
    }
  };

  const able = Boolean(window.PublicKeyCredential && navigator.credentials);
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = !able;
    form.addEventListener("submit", send);
  });
  document.querySelectorAll("[data-passkey-missing]").forEach((words) => {
    words.hidden = able;
  });
})();

// Passkeys: the page asks what to sign, the device signs, and a plain form takes the answer back.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const text = (buffer) => {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const known = (ask) => ask.credentials.map((id) => ({ type: "public-key", id: bytes(id) }));

/** Shows a passkey that is there. */
const show = async (ask) => {
  const shown = await navigator.credentials.get({
    publicKey: { challenge: bytes(ask.challenge), rpId: ask.domain, allowCredentials: known(ask), userVerification: ask.verification },
  });
  return {
    id: text(shown.rawId),
    client_data: text(shown.response.clientDataJSON),
    authenticator_data: text(shown.response.authenticatorData),
    signature: text(shown.response.signature),
  };
};

/** Makes a new one; a device that has one for this person already says so by itself. */
const make = async (ask) => {
  const made = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(ask.challenge),
      rp: { id: ask.domain, name: document.title.split(" · ").at(-1) },
      user: { id: bytes(ask.user.id), name: ask.user.email, displayName: ask.user.name },
      pubKeyCredParams: ask.algorithms.map((alg) => ({ type: "public-key", alg })),
      excludeCredentials: known(ask),
      authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
      attestation: "none",
    },
  });
  return {
    id: text(made.rawId),
    client_data: text(made.response.clientDataJSON),
    authenticator_data: text(made.response.getAuthenticatorData()),
    public_key: text(made.response.getPublicKey()),
    algorithm: made.response.getPublicKeyAlgorithm(),
  };
};

const run = async (form) => {
  const body = new URLSearchParams({ purpose: form.elements.purpose.value });
  if (form.elements.csrf) body.set("csrf", form.elements.csrf.value);
  const response = await fetch(form.dataset.begin, { method: "POST", body, headers: { accept: "application/json" } });
  if (response.status === 401 || response.status === 403) return location.reload();
  if (!response.ok) throw new Error(response.statusText);
  const ask = await response.json();
  form.elements.answer.value = JSON.stringify(form.dataset.passkey === "add" ? await make(ask) : await show(ask));
  return form.submit();
};

export const watchPasskeys = () => {
  if (!globalThis.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) form.hidden = false;
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-passkey]") || form.elements.answer.value) return;
    event.preventDefault();
    const refusal = form.querySelector("[data-passkey-refusal]");
    if (refusal) refusal.textContent = "";
    try {
      await run(form);
    } catch {
      // Closed by the person, no passkey on this device, or no connection: the browser has told which.
      if (refusal) refusal.textContent = form.dataset.failed;
    }
  });
};

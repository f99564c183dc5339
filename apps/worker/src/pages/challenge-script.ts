/**
 * The script of the challenge page: solves the challenge in its form, and sends the form. Each derivation runs beside
 * the main thread, so that the page stays responsive. Without a secure context there is no WebCrypto: the form then
 * waits, as without JavaScript.
 *
 * No value is inserted into this text: the page's policy contains its hash.
 */
export const CHALLENGE_SCRIPT = `
(async () => {
  const form = document.querySelector("[data-challenge]");
  if (!crypto.subtle) return;
  document.querySelector("[data-waiting]").hidden = true;
  document.querySelector("[data-solving]").hidden = false;
  form.querySelector("button").hidden = true;
  const challenge = JSON.parse(form.dataset.challenge);
  const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  const password = new Uint8Array([...bytesOf(nonce), 0, 0, 0, 0]);
  const counterInPassword = new DataView(password.buffer, password.length - 4);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt: bytesOf(salt), iterations: cost };
  let counter = 0;
  let derivedKey = await derive();
  while (!derivedKey.startsWith(keyPrefix)) {
    counter += 1;
    derivedKey = await derive();
  }
  form.elements.challenge_solution.value = btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
  form.submit();

  async function derive() {
    counterInPassword.setUint32(0, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    return hexOf(new Uint8Array(await crypto.subtle.deriveBits(derivation, key, keyLength * 8)));
  }

  function bytesOf(hex) {
    return Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  }

  function hexOf(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
})();
`;

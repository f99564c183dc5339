import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { codeInDocument, REPOSITORY } from "../code-in-document.ts";
import { HAS_PHP } from "./has-php.ts";

interface Vector {
  readonly name: string;
  readonly secret_key: string;
  readonly claims: { readonly checkout: object };
  readonly token: string;
}

const vectors = JSON.parse(
  readFileSync(`${REPOSITORY}packages/client/test/offer-vectors.json`, "utf8"),
) as readonly Vector[];

const SECRET_KEY = "sk_sandbox_demo_local_only";

/** Runs only the function of docs/guides/offers.md, with the given call. */
function php(call: string, input: unknown = null): string {
  const [signOffer = ""] = codeInDocument("docs/guides/offers.md", "php", "sign_offer").split("\n$price");
  const code = `error_reporting(E_ALL); $input = json_decode(stream_get_contents(STDIN), true); ${signOffer}\n echo ${call};`;
  return execFileSync("php", ["-d", "display_errors=stderr", "-r", code], {
    input: JSON.stringify(input),
    encoding: "utf8",
  });
}

it.runIf(HAS_PHP).each(vectors)("the example in PHP makes the vector “$name”, byte for byte", (vector) => {
  const { secret_key, claims, token } = vector;
  const { checkout, ...others } = claims;
  const call = "sign_offer($input['secret_key'], $input['checkout'], 60, $input['others'])";
  expect(php(call, { secret_key, checkout, others })).toBe(token);
});

it.runIf(HAS_PHP)("the whole example in PHP prints nothing, and makes an offer", () => {
  const code = `${codeInDocument("docs/guides/offers.md", "php", "sign_offer")}\n echo $offer;`;
  const env = { ...process.env, QONTO_PAY_SECRET_KEY: SECRET_KEY };
  const offer = execFileSync("php", ["-d", "error_reporting=-1", "-d", "display_errors=1", "-r", code], {
    env,
    encoding: "utf8",
  });
  const claims = JSON.parse(Buffer.from(offer.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;
  expect(claims).toMatchObject({ aud: "pk_sandbox_demo", jti: "order-2026-00042", single_use: true });
});

it.runIf(HAS_PHP)("the example in PHP signs the same with a key that was read from a file with a newline", () => {
  const call = (key: string) =>
    php(`sign_offer($input, ['items' => []], 0, ['iat' => 1764000000, 'exp' => 1764003600])`, key);
  expect(call(`${SECRET_KEY}\n`)).toBe(call(SECRET_KEY));
});

it.runIf(HAS_PHP).each([undefined, "", "pk_sandbox_demo", "sk_sandbox_demo", "sk_sandbox_demo_two words"])(
  "the example in PHP signs nothing while the secret key is %j",
  (key) => {
    const { QONTO_PAY_SECRET_KEY: _other, ...env } = process.env;
    const { status } = spawnSync("php", ["-r", codeInDocument("docs/guides/offers.md", "php", "sign_offer")], {
      env: key === undefined ? env : { ...env, QONTO_PAY_SECRET_KEY: key },
    });
    expect(status).toBe(255);
  },
);

it.runIf(HAS_PHP)("the example in PHP signs no offer that is too long for the Worker", () => {
  const line = {
    title: "Poster",
    quantity: 1,
    price: { value: "12.00", currency: "EUR" },
    tax_behavior: "inclusive",
    vat_rate: "20",
  };
  const sign = (count: number) =>
    php(
      `sign_offer('${SECRET_KEY}', ['items' => $input], 60)`,
      Array.from({ length: count }, () => line),
    );
  expect(sign(70).length).toBeLessThan(12_000);
  expect(() => sign(90)).toThrow("12000");
});

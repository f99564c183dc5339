import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { codeInDocument } from "../code-in-document.ts";
import { HAS_PHP } from "./has-php.ts";

/** The parts of WordPress's functions that the example uses. */
const WORDPRESS = `
  $hooks = [];
  function add_action($name, $call) { $GLOBALS['hooks'][$name] = $call; }
  function add_shortcode($name, $call) { $GLOBALS['hooks'][$name] = $call; }
  function shortcode_atts($pairs, $given) { return array_intersect_key(array_merge($pairs, (array) $given), $pairs); }
  function esc_attr($text) { return htmlspecialchars($text, ENT_QUOTES); }
  function esc_url($url) { return htmlspecialchars($url, ENT_QUOTES); }`;

/** Returns the output of the plugin of docs/guides/website-builders.md, called as WordPress calls it. */
function wordpress(call: string, attributes: unknown = null): string {
  const plugin = codeInDocument("docs/guides/website-builders.md", "php", "add_shortcode").replace("<?php", "");
  const code = `error_reporting(E_ALL); ${WORDPRESS}\n${plugin}\n$given = json_decode(stream_get_contents(STDIN), true); ${call};`;
  return execFileSync("php", ["-d", "display_errors=1", "-r", code], {
    input: JSON.stringify(attributes),
    encoding: "utf8",
  });
}

const shortcode = (attributes: unknown) => wordpress("echo $hooks['qonto_pay']($given)", attributes);

it.runIf(HAS_PHP)("the example for WordPress loads the script of the button", () => {
  expect(wordpress("$hooks['wp_head']()")).toBe(
    '<script type="module" src="https://pay.your-shop.eu/qonto-pay-button.js"></script>',
  );
});

it.runIf(HAS_PHP)("the example for WordPress writes a button with the attributes of its shortcode, and a link", () => {
  expect(shortcode({ product: "donation", amount: "5.00", label: "donate", onclick: "steal()" })).toBe(
    '<qonto-pay-button publishable-key="pk_live_yourshop" show-amount product="donation" amount="5.00" label="donate">' +
      '<a href="https://pay.your-shop.eu/pay/pk_live_yourshop/donation">Pay</a></qonto-pay-button>',
  );
});

it.runIf(HAS_PHP)("the example for WordPress sells the quantity of the button through its link, too", () => {
  expect(shortcode({ product: "mug", quantity: "2" })).toContain(
    ' quantity="2"><a href="https://pay.your-shop.eu/pay/pk_live_yourshop/mug?confirm=1&amp;quantity=2">',
  );
});

it.runIf(HAS_PHP)("the example for WordPress escapes attributes, so that an author can't add a script", () => {
  expect(shortcode({ product: '"><script>alert(1)</script>' })).not.toContain("<script>");
});

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import { CHOICES, showChoices } from "./choice-specimens.ts";
import { shopPage } from "./shop-page.ts";
import { everyLook, LANGUAGES, LOOKS, showSpecimens, type Specimen } from "./specimens.ts";
import { page, stage, usePage } from "./opened-page.ts";
import { showStatuses, STATUS_LOOKS } from "./status-specimens.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const THEMES = ["light", "dark"] as const;
const LABELS = ["pay", "buy", "order", "book", "subscribe", "donate", "tip"] as const;
const TARGET_PX = 44;

usePage({ viewport: { width: 1280, height: 900 } });

async function openShop(look: Parameters<typeof shopPage>[1] = {}): Promise<void> {
  await page.goto(stage.putPage(shopPage(stage, look)));
}

/** Returns the violations that axe finds, and the texts whose contrast it can't measure, as `rule: target`. */
async function findings(rules: object = {}): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations, incomplete } = await page.evaluate(async (given) => {
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    // The results that pass are large and not needed.
    const resultTypes = ["violations", "incomplete"];
    return axe.run({ rules: { "target-size": { enabled: true }, ...given }, resultTypes });
  }, rules);
  const unsure = incomplete.filter(({ id }) => id === "color-contrast");
  return [...violations, ...unsure].flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target.flat().join(" ")} (${any.map(({ message }) => message).join()})`),
  );
}

/** Makes axe check the contrast of locked buttons, such as "Paid". It skips elements that are disabled for ARIA. */
async function unlock(): Promise<void> {
  const locked = page.locator("qonto-pay-button button[aria-disabled=true]");
  await locked.evaluateAll((buttons) => {
    for (const button of buttons) button.removeAttribute("aria-disabled");
  });
}

/** Returns the names of parts that are wider than the page or than their element. */
async function overflows(): Promise<readonly string[]> {
  return page.evaluate(() => {
    const tooWide: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) tooWide.push(`the page: ${root.scrollWidth} of ${root.clientWidth}`);
    for (const element of document.querySelectorAll("qonto-pay-button")) {
      const { left, right } = element.getBoundingClientRect();
      for (const part of element.shadowRoot?.querySelectorAll(
        "button, [part=label], [part=amount], .shown, [part=message], a, svg",
      ) ?? []) {
        const own = part.getBoundingClientRect();
        const name = `${element.lang} ${element.getAttribute("label")} ${part.textContent}`;
        if (own.width > 0 && (own.left < left - 1 || own.right > right + 1)) tooWide.push(name);
      }
    }
    return tooWide;
  });
}

describe.each(THEMES)("axe finds no violation, %s", (theme) => {
  const attributes = `data-theme="${theme}"`;

  it("in any state and language", async () => {
    await openShop({ attributes });
    await showSpecimens(
      stage,
      page,
      LANGUAGES.flatMap((lang) => everyLook({ lang, methods: "credit_card paypal" })),
    );
    expect(await page.locator("qonto-pay-button").count()).toBe(LOOKS.length * LANGUAGES.length);
    await unlock();
    expect(await findings()).toEqual([]);
  });

  it("in any choice, state and language", async () => {
    await openShop({ attributes });
    const specimens = LANGUAGES.flatMap((lang) => [
      ...Object.values(CHOICES).map((one) => ({ ...one, attributes: { ...one.attributes, lang } })),
      ...everyLook({ lang, amounts: "5 10 20" }).filter(({ look }) => look !== "busy"),
    ]);
    await showChoices(stage, page, specimens);
    await unlock();
    expect(await findings()).toEqual([]);
  });

  it.each(LANGUAGES)("in any status, %s", async (lang) => {
    await openShop({ attributes });
    await showStatuses(stage, page, STATUS_LOOKS, { lang });
    expect(await findings()).toEqual([]);
  });

  it("while the language is loading, at the start and at the end of the wait", async () => {
    await page.route(/qonto-pay-chunks\/de-/, () => {});
    await openShop({
      attributes,
      body: `<qonto-pay-button lang="de" publishable-key="pk_sandbox_demo" product="mug"></qonto-pay-button>`,
    });
    // The result must not depend on the loading time, so the label's animation is set to its start and to its end.
    const opacityAt = (moment: "start" | "end") =>
      page.locator("qonto-pay-button .loading [part=label]").evaluate((label, at) => {
        for (const animation of label.getAnimations()) {
          animation.pause();
          animation.currentTime = at === "start" ? 0 : (animation.effect?.getComputedTiming().endTime ?? null);
        }
        return getComputedStyle(label).opacity;
      }, moment);
    expect(await opacityAt("start")).toBe("0");
    expect(await findings()).toEqual([]);
    expect(await opacityAt("end")).toBe("1");
    expect(await findings()).toEqual([]);
  });

  it("on a page in the other theme", async () => {
    const other = theme === "light" ? "dark" : "light";
    await openShop({ attributes: `data-theme="${other}"`, style: "main { background: Canvas; color: CanvasText }" });
    // The texts below the button have the background of the page, so `main` gets the theme of the button.
    await page.locator("main").evaluate((main, scheme) => (main.style.colorScheme = scheme), theme);
    await showSpecimens(stage, page, everyLook({ theme }));
    expect(await findings()).toEqual([]);
  });

  it("in forced colours", async () => {
    await page.emulateMedia({ forcedColors: "active", colorScheme: theme });
    await openShop({ attributes });
    await showSpecimens(stage, page, everyLook({ methods: "credit_card paypal" }));
    await showChoices(stage, page, Object.values(CHOICES));
    await showStatuses(stage, page);
    // The shopper chooses the colours. For axe, Chromium reports the colours without forced colours.
    expect(await findings({ "color-contrast": { enabled: false } })).toEqual([]);
  });
});

describe("every target is 44 px high and wide", () => {
  async function expectLarge(atLeast: number): Promise<void> {
    const sizes = await page
      .locator(":is(qonto-pay-button, qonto-pay-status) :is(button, a, [type=radio], .box)")
      .evaluateAll((targets) =>
        targets
          .map((target) => target.getBoundingClientRect())
          .filter(({ width }) => width > 0)
          .map(({ width, height }) => Math.min(width, height)),
      );
    expect(sizes.length).toBeGreaterThanOrEqual(atLeast);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(TARGET_PX);
  }

  it("in each state of the button, in any size", async () => {
    await openShop();
    const specimens: Specimen[] = ["small", "medium", "large"].flatMap((size) => everyLook({ size }));
    await showSpecimens(stage, page, [...specimens, ...everyLook({ style: "--qonto-pay-height: 1px" })]);
    await expectLarge(LOOKS.length * 4);
  });

  it("in each choice", async () => {
    await openShop();
    await showChoices(stage, page, Object.values(CHOICES));
    await expectLarge(Object.keys(CHOICES).length * 3);
  });

  it("in a status", async () => {
    await openShop();
    await showStatuses(stage, page, ["open", "paid"]);
    await expectLarge(3);
  });
});

describe.each(["ltr", "rtl"])("on a page of 320 px, %s", (dir) => {
  it.each([100, 200])("nothing is cut off or scrolls sideways with text of %i percent", async (percent) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await openShop({ attributes: `dir="${dir}"`, style: `:root { font-size: ${percent}% } main { padding: 16px }` });
    const labels = LANGUAGES.flatMap((lang) =>
      LABELS.map((label): Specimen => ({ look: "idle", attributes: { lang, label, size: "large" } })),
    );
    const looks = LANGUAGES.flatMap((lang) =>
      everyLook({ lang, size: "large", methods: "credit_card apple_pay paypal ideal" }),
    );
    await showSpecimens(stage, page, [...labels, ...looks]);
    expect(await overflows()).toEqual([]);
  });
});

it.each([100, 200])(
  "no choice and no status is cut off on a page of 320 px with text of %i percent",
  async (percent) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await openShop({ style: `:root { font-size: ${percent}% } main { padding: 16px }` });
    const specimens = LANGUAGES.flatMap((lang) =>
      Object.values(CHOICES).map((one) => ({ ...one, attributes: { ...one.attributes, lang, size: "large" } })),
    );
    await showChoices(stage, page, specimens);
    await showStatuses(stage, page, ["open", "paid", "refused"], { lang: "de" });
    expect(await overflows()).toEqual([]);
    const tooWide = await page
      .locator(
        ":is(qonto-pay-button, qonto-pay-status) :is([part~=chip], .box, [part=choice-message], [part~=status] *)",
      )
      .evaluateAll((nodes) =>
        nodes
          .filter(
            (node) => node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0 && node.localName !== "input",
          )
          .map(({ localName, textContent }) => `${localName} ${textContent}`),
      );
    expect(tooWide).toEqual([]);
  },
);

it("right to left, the icon comes before the words", async () => {
  await openShop({ attributes: `dir="rtl"` });
  await showSpecimens(stage, page, [{ look: "paid" }, { look: "processing" }]);
  const places = await page
    .locator("qonto-pay-button")
    .evaluateAll((elements) =>
      elements.map(({ shadowRoot }) =>
        ["icon", "label"].map((part) => shadowRoot?.querySelector(`[part=${part}]`)?.getBoundingClientRect().left ?? 0),
      ),
    );
  for (const [icon = 0, label = 0] of places) expect(icon).toBeGreaterThan(label);
});

it("nothing moves with reduced motion", async () => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openShop();
  await showSpecimens(stage, page, everyLook());
  const moving = await page.locator("qonto-pay-button").evaluateAll((elements) =>
    elements
      .flatMap(({ shadowRoot }) => shadowRoot?.getAnimations() ?? [])
      .flatMap((animation) => (animation.effect as KeyframeEffect).getKeyframes())
      .flatMap((keyframe) => Object.keys(keyframe)),
  );
  const time = ["offset", "computedOffset", "easing", "composite"];
  expect(new Set(moving.filter((name) => !time.includes(name)))).toEqual(new Set(["opacity"]));
});

describe("in forced colours", () => {
  beforeEach(() => page.emulateMedia({ forcedColors: "active" }));

  it("a button with colours of the page has the colours of the shopper", async () => {
    await openShop();
    const style = "--qonto-pay-background: #fed; --qonto-pay-color: #123";
    await showSpecimens(stage, page, [{ look: "idle" }, { look: "idle", attributes: { style } }]);
    const [plain, themed] = await page.locator("qonto-pay-button button").evaluateAll((buttons) =>
      buttons.map((button) => {
        const { backgroundColor, color, borderTopColor } = getComputedStyle(button);
        return [backgroundColor, color, borderTopColor];
      }),
    );
    expect(themed).toEqual(plain);
  });

  it("the button, its words and its icons are visible, and the spinner and the check mark keep their shapes", async () => {
    await openShop();
    await showSpecimens(stage, page, [{ look: "idle" }, { look: "processing" }, { look: "paid" }]);
    const styles = await page.locator("qonto-pay-button").evaluateAll((elements) =>
      elements.map(({ shadowRoot }) => {
        const [button, icon] = ["button", "[part=icon]"].map((selector) => {
          const found = shadowRoot?.querySelector(selector);
          return found == null ? undefined : getComputedStyle(found);
        });
        return {
          page: getComputedStyle(document.body).backgroundColor,
          background: button?.backgroundColor,
          words: button?.color,
          icon: icon?.borderRightColor,
          mask: icon?.maskImage,
          rotate: icon?.rotate,
        };
      }),
    );
    for (const { page: around, background, words, icon } of styles) {
      for (const seen of [around, words, icon]) expect(seen).not.toBe(background);
    }
    expect(styles[1]?.mask).toContain("conic-gradient");
    expect(styles[2]?.rotate).toBe("45deg");
  });
});

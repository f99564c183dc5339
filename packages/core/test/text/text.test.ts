import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countCharacters, cutText, hasSpaceAround, isVisible, tidyLines, tidyText } from "@qonto-pay/core/text";

const FAMILY = "\u{1F469}\u200d\u{1F469}\u200d\u{1F467}\u200d\u{1F466}";
const WALES = "\u{1F3F4}\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}";
const FRANCE = "\u{1F1EB}\u{1F1F7}";

describe("a pasted text", () => {
  it.each([
    ["a line break", "Mug\nblue", "Mug blue"],
    ["a line break of Windows with spaces around it", "Mug  \r\n  blue", "Mug blue"],
    ["an empty line", "Mug\n\n\nblue", "Mug blue"],
    ["the tab of a table", "Mug\tblue", "Mug blue"],
    ["a line separator", "Mug\u2028blue", "Mug blue"],
    ["a paragraph separator", "Mug\u2029blue", "Mug blue"],
    ["a next line of a mainframe, a form feed, a vertical tab", "a\u0085b\fc\vd", "a b c d"],
    ["white space around it", " \u00a0\tMug\u3000\n", "Mug"],
    ["control characters", "M\u0000u\u0007g\u001b\u007f\u009c", "Mug"],
    ["the first half of an emoji at its end", "Mug \ud83d", "Mug"],
    ["the second half of an emoji at its start", "\ude00Mug", "Mug"],
    ["a byte order mark", "\ufeffMug", "Mug"],
    ["zero-width spaces and soft hyphens", "Do\u00adnau\u200bdampf\u2060er", "Donaudampfer"],
    ["a direction override", "invoice\u202egpj.\u202c", "invoicegpj."],
    ["an accent written apart", "Cafe\u0301", "Caf\u00e9"],
    [
      "a text without anything to change",
      `Menu \u00ab\u00a0midi\u00a0\u00bb ${FAMILY}${WALES}`,
      `Menu \u00ab\u00a0midi\u00a0\u00bb ${FAMILY}${WALES}`,
    ],
    [
      "a Persian word with its joiner",
      "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
      "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    ],
  ])("with %s", (_what, text, tidy) => {
    expect(tidyText(text)).toBe(tidy);
  });

  it("is unchanged when it is tidied again, well-formed, and one line", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
        fc.string({ unit: fc.constantFrom(..."a \t\r\n\u0301\u0344\u2028\u200b\ud83d\ude00\u202e".split("")) }),
        (a, b) => {
          const tidy = tidyText(a + b);
          expect(tidyText(tidy)).toBe(tidy);
          expect(tidy).not.toMatch(/\p{Surrogate}/u);
          expect(tidy).not.toMatch(/[\n\r\t\u2028\u2029]/);
        },
      ),
    );
  });

  it("keeps 30 combining marks in a row, and the letters around them", () => {
    const marks = "\u0316\u0301".repeat(500);
    const tidy = tidyText(`x${marks}y`);
    expect(Array.from(tidy)).toHaveLength(32);
    expect([tidy[0], tidy.at(-1)]).toEqual(["x", "y"]);
    expect(tidyText(tidy)).toBe(tidy);
    // U+0344 becomes two marks.
    const doubled = tidyText("x".concat("\u0344".repeat(40), "y"));
    expect(Array.from(doubled)).toHaveLength(32);
    expect(tidyText(doubled)).toBe(doubled);
  });

  it("is tidied in a moment, with any number of combining marks", () => {
    const marks = `a${"\u0301".repeat(150_000)}${"\u0316".repeat(150_000)}`;
    const start = performance.now();
    tidyText(marks);
    tidyLines(marks);
    // A time that grows with the square of the length would be minutes.
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it("of several lines keeps them", () => {
    expect(tidyLines("\r\n Mugs\u0000 \r\n\r\nand\tbowls\u2028too\n")).toBe("Mugs\n\nand bowls\ntoo");
  });

  it.each([
    "",
    " ",
    "\u200b",
    "\u200d\u200c",
    "\ufe0f",
    "\u2060\ufeff",
    "\u115f\u3164",
    "\u2800",
    "\ud83d",
    "\u0000",
    "\u00a0\u2003",
    "\u{E0020}",
  ])("has no visible character in %j", (text) => {
    expect(isVisible(text)).toBe(false);
  });

  it.each(["a", ".", "\u{1F600}", "\u0301", "\u200b1", "\u05d0"])("has a visible character in %j", (text) => {
    expect(isVisible(text)).toBe(true);
  });

  it.each(["key\n", " key", "key\u200b", "\ufeffkey", "key\u00a0"])("has white space around it in %j", (text) => {
    expect(hasSpaceAround(text)).toBe(true);
    expect(hasSpaceAround("key")).toBe(false);
    expect(hasSpaceAround("k e y")).toBe(false);
  });
});

describe("a cut", () => {
  it.each([
    ["short enough", "Mug", 3, "Mug"],
    ["too long", "Mug blue", 6, "Mug b\u2026"],
    ["with a space before the cut", "Mug blue", 5, "Mug\u2026"],
    ["through a flag", `ab${FRANCE}cd`, 5, `ab${FRANCE}\u2026`],
    ["through a family", `ab${FAMILY}cd`, 8, "ab\u2026"],
    ["through an accent", "ae\u0301e\u0301", 4, "ae\u0301\u2026"],
    ["of emoji, each counted as one", "\u{1F600}".repeat(4), 4, "\u{1F600}".repeat(4)],
    ["of a single character that is too long", `e${"\u0301".repeat(20)}`, 5, `e${"\u0301".repeat(3)}\u2026`],
  ])("of a text that is %s", (_what, text, most, cut) => {
    expect(cutText(text, most, "\u2026")).toBe(cut);
  });

  it("keeps whole characters from the beginning of the text, within the limit", () => {
    const unit = fc.constantFrom(
      "a",
      " ",
      "\u{1F600}",
      FAMILY,
      WALES,
      FRANCE,
      "e\u0301",
      "\u0915\u094d\u0937\u093f",
      "\r\n",
    );
    const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
    fc.assert(
      fc.property(fc.string({ unit }), fc.integer({ min: 12, max: 40 }), (text, most) => {
        const cut = cutText(text, most);
        expect(countCharacters(cut)).toBeLessThanOrEqual(most);
        expect(text.startsWith(cut)).toBe(true);
        const seen = Array.from(graphemes.segment(text), ({ segment }) => segment);
        expect(seen.slice(0, Array.from(graphemes.segment(cut)).length).join("")).toBe(cut);
      }),
    );
  });
});

import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { openStage, type Stage } from "./stage.ts";

/** The stage of a test file, and the page of the current test. */
export let stage: Stage;
export let page: Page;

/** Opens a stage for the tests of a file. @param args arguments of the browser. */
export function useStage(args: readonly string[] = []): void {
  beforeAll(async () => {
    stage = await openStage(args);
  });
  afterAll(() => stage.close());
}

/** Opens a stage for the tests of a file, and an empty page for each of them. */
export function usePage(options: BrowserContextOptions = {}, args: readonly string[] = []): void {
  useStage(args);
  beforeEach(async () => {
    page = await stage.browser.newPage(options);
  });
  afterEach(() => page.close());
}

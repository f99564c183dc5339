/**
 * Lets the tests of the surrounding group open windows instead of tabs: a tab would hide this page and slow it down.
 *
 * @returns the windows of the test so far. They are closed after it.
 */
export function openedTabs(): Window[] {
  const own = window.open.bind(window);
  const tabs: Window[] = [];
  beforeEach(() => {
    window.open = (address) => {
      const tab = own(address, "", "popup");
      if (tab !== null) tabs.push(tab);
      return tab;
    };
  });
  afterEach(() => {
    window.open = own;
    for (const tab of tabs.splice(0)) tab.close();
  });
  return tabs;
}

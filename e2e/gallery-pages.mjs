// The main pages, for `cargo xtask pictures`: a name, who looks, and where. `open` does what an address cannot say.

const firstTicket = async (page, steward, query = 'turn:us -assignee:none') => {
  await page.goto(`${steward.url}/desk/views/open?q=${encodeURIComponent(query)}`);
  return page.locator('#rows a.row-subject').first().getAttribute('href');
};

const ticket = (then = async () => {}) => async (page, steward) => {
  const href = await firstTicket(page, steward);
  await page.goto(steward.url + href);
  await page.locator('#ticket-title').waitFor();
  await then(page);
};

export const PAGES = [
  { name: 'sign-in', who: null, path: '/login' },
  { name: 'inbox', who: 'tomas', path: '/desk/views/waiting-for-us' },
  { name: 'inbox-mine', who: 'tomas', path: '/desk' },
  { name: 'inbox-nothing', who: 'tomas', path: '/desk/views/open?q=nothing.like.this' },
  { name: 'ticket', who: 'tomas', open: ticket() },
  { name: 'ticket-note', who: 'tomas', open: ticket((page) => page.evaluate(() => document.querySelector('#tab-note').click())) },
  { name: 'palette', who: 'tomas', open: ticket(async (page) => {
    await page.evaluate(() => document.dispatchEvent(new CustomEvent('steward:palette')));
    await page.locator('#palette[open]').waitFor();
    await page.keyboard.type('pr');
    await page.locator('#palette section[data-sort=find] [role=option]').first().waitFor();
  }) },
  { name: 'keyboard', who: 'tomas', path: '/desk', then: (page) => page.evaluate(() => document.querySelector('#keys').showModal()) },
  { name: 'find', who: 'tomas', path: '/desk/palette?q=pr' },
  { name: 'new-ticket', who: 'tomas', path: '/desk/new' },
  { name: 'views', who: 'tomas', path: '/desk/views' },
  { name: 'me', who: 'tomas', path: '/desk/me' },
  { name: 'merge', who: 'tomas', open: async (page, steward) => {
    const [one, two] = await (async () => {
      await firstTicket(page, steward);
      return page.locator('#rows .row-number').evaluateAll((all) => all.slice(0, 2).map((cell) => cell.textContent));
    })();
    await page.goto(`${steward.url}/desk/tickets/${one}/merge?into=${two}`);
  } },
  { name: 'requests', who: 'rosa', path: '/requests' },
  { name: 'request', who: 'rosa', open: async (page, steward) => {
    await page.goto(`${steward.url}/requests`);
    await page.locator('main a[href^="/requests/"]:not([href$="/new"])').first().click();
    await page.waitForURL(/\/requests\/[A-Z]/);
  } },
  { name: 'new-request', who: 'rosa', path: '/requests/new' },
  { name: 'offline', who: null, path: '/offline' },
  { name: 'admin', who: 'tomas', path: '/admin' },
  { name: 'admin-roles', who: 'tomas', path: '/admin/roles' },
];

/** Pages that the administration names itself: none is forgotten that has a link. */
export async function administration(page, steward) {
  await page.goto(`${steward.url}/admin`);
  const links = await page.locator('main a[href^="/admin/"]').evaluateAll((all) => [...new Set(all.map((one) => new URL(one.href).pathname))]);
  const known = new Set(PAGES.map((one) => one.path));
  return links.filter((path) => !known.has(path)).map((path) => ({ name: path.slice(1).replaceAll('/', '-'), who: 'tomas', path }));
}

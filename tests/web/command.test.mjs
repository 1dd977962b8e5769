// The page of a command centre in a real browser. Run with: node --test tests/web   (src/web must be built: npm ci && npm run build)
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Api, Bureau, launchBrowser, Mock, openCommand, pressWhileDrawn, realServer, within } from './harness.mjs';

const onMock = { skip: realServer === undefined ? false : 'needs a city that is short of crews at once' };
const onServer = { skip: realServer === undefined ? 'only on a real server' : false };
const one = '110101-cg';
let browser;
let mock;
let url;

before(async () => {
  browser = await launchBrowser();
  // Life is slow, so that what waits goes on waiting while the tests run.
  mock = realServer === undefined ? await Mock.start('--open', '400', '--life', '0.2') : undefined;
  url = realServer ?? mock.url;
});

after(async () => {
  await browser?.close();
  await mock?.kill();
});

async function at(options, use) {
  const page = await openCommand(browser, url, options);
  try {
    await use(page);
    assert.deepEqual(page.faults.filter(fault => !options.failures || !/Failed to load resource|WebSocket|Error:/.test(fault)), []);
  } finally {
    await page.context().close();
  }
}

const choose = async (page, department) => {
  await page.click(`.department[data-department="${department}"]`);
  await page.waitForSelector('#crews li');
};
const fill = async (page, reason, fields = {}) => {
  for (const [name, value] of Object.entries(fields)) await page.selectOption(`#order [name=${name}]`, value);
  await page.fill('#order [name=reason]', reason);
  await page.click('#order .is-main');
};
const stored = page => page.waitForSelector('#order:not([open])', { state: 'attached' });

describe('the command centre', () => {
  for (const [width, height] of [[1920, 1080], [1366, 768], [390, 844]])
    for (const language of ['zh', 'en'])
      it(`fits ${width} by ${height} in ${language}`, onMock, async () => {
        await at({ language, viewport: { width, height } }, async page => {
          await choose(page, one);
          assert.equal(await page.getAttribute('html', 'lang'), language === 'zh' ? 'zh-CN' : 'en');
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
          if (width > 1100) assert.equal(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), true);
          assert.ok((await page.locator('.heat-cell[data-heat=short], .heat-cell[data-heat=starved]').count()) > 0, 'the heat shows where it hurts');
          assert.ok((await page.locator('#starved li').count()) > 0);
          if (process.env.WHISTLE_SHOTS) await page.screenshot({ path: `${process.env.WHISTLE_SHOTS}/command-${width}-${language}.png`, fullPage: width < 1100 });
        });
      });

  it('holds back a level, visibly and with an expected time, and lets it go', onMock, async () => {
    await at({ language: 'en' }, async page => {
      await choose(page, one);
      await page.click('#chosen-acts .act');

      // Without a reason nothing is sent.
      await page.fill('#order [name=reason]', '   ');
      await page.click('#order .is-main');
      assert.equal(await page.locator('#order').isVisible(), true);
      await page.check('#order [value=campaign]');
      await fill(page, 'rainstorm', { hours: '2' });
      await stored(page);
      await page.waitForSelector('#chosen-throttle:not([hidden]):has-text("daily, campaign held back until")');
      assert.match(await page.textContent('#chosen-throttle-text'), /rainstorm/);
      await page.waitForSelector(`.department[data-department="${one}"] .mark-throttled`);
      for (const when of await page.locator('#starved [data-held=yes] .row-when').allTextContents()) assert.match(when, /^held back · there at \d\d:\d\d$/);
      assert.deepEqual(await page.locator('#starved [data-held=no]').evaluateAll(rows => rows.map(row => row.dataset.level).filter(level => level !== 'emergency')), [], 'only emergencies pass');

      await page.click('#unthrottle');
      await fill(page, 'it has stopped');
      await stored(page);
      await within(15_000, 'nothing is held', async () => (await page.locator('#starved [data-held=yes]').count()) === 0 && !(await page.locator('#chosen-throttle').isVisible()));
    });
  });

  it('takes a press for what it was, though the lists change under it, and leaves the focus where it is', onMock, async () => {
    await at({ language: 'en' }, async page => {
      const moreWait = contention => ({ ...contention, departments: contention.departments.map(each => ({ ...each, waiting: each.waiting + 1 })) });
      const department = await page.locator('.department').nth(2).getAttribute('data-department');
      const button = page.locator(`.department[data-department="${department}"]`);
      const before = await button.textContent();
      await pressWhileDrawn(page, button, '**/contention', moreWait);
      await page.waitForSelector(`.department[data-department="${department}"][aria-pressed=true]`);
      assert.notEqual(await button.textContent(), before, 'it was drawn anew');
      assert.equal(await page.evaluate(() => document.activeElement.dataset.department), department);
    });
  });

  it('puts a whistle first', onMock, async () => {
    await at({ language: 'en' }, async page => {
      await choose(page, one);
      const last = page.locator('#starved li').last();
      const whistle = await last.getAttribute('data-whistle');
      await last.getByRole('button', { name: 'Priority' }).click();
      await fill(page, 'before the school', { minutes: '240' });
      await stored(page);
      await page.waitForSelector(`#starved [data-whistle="${whistle}"] .row-priority:has-text("+240")`);
    });
  });

  it('calls the substitute that the duty list names, once', onMock, async () => {
    await at({ language: 'en' }, async page => {
      await choose(page, one);
      const row = page.locator('#starved li').filter({ has: page.getByRole('button', { name: 'Substitute' }) }).last();
      const whistle = await row.getAttribute('data-whistle');
      await row.getByRole('button', { name: 'Substitute' }).click();
      assert.match(await page.textContent('.order-about'), /Dongcheng Traffic Police in the stead of Dongcheng Urban Management/);
      await fill(page, 'all crews are out');
      await stored(page);
      await within(15_000, 'it is called no second time', async () => (await page.locator(`#starved [data-whistle="${whistle}"]`).getByRole('button', { name: 'Substitute' }).count()) === 0);
      await choose(page, '110101-jt');
      await page.waitForSelector(`#starved [data-whistle="${whistle}"]`);
    });
  });

  it('lends a crew where it is wanted and calls it back', onMock, async () => {
    await at({ language: 'en' }, async page => {
      const wanted = page.locator('#elsewhere li').first();
      const to = await wanted.getAttribute('data-department');
      await wanted.getByRole('button', { name: 'Lend' }).click();
      const crew = await page.inputValue('#order [name=crew]');
      assert.equal(await page.inputValue('#order [name=to]'), to);
      await fill(page, 'the storm is worse there', { hours: '8' });
      await stored(page);
      await page.waitForSelector('#given:has-text("Stored: Lend")');
      const from = crew.replace(/-\d+$/, '');
      await page.waitForSelector(`.department[data-department="${from}"] .mark-lent`);
      await choose(page, from);
      const lent = page.locator(`#crews [data-crew="${crew}"]`);
      assert.match(await lent.textContent(), /lent to .* until \d\d:\d\d.*the storm is worse there/);
      await lent.getByRole('button', { name: 'Call back' }).click();
      await fill(page, 'needed here');
      await stored(page);
      await page.waitForSelector(`#crews [data-crew="${crew}"][data-state=free]`);
    });
  });

  it('says in the reader’s language what is refused, and keeps what was filled in', onMock, async () => {
    await at({ language: 'zh', failures: true }, async page => {
      await choose(page, one);
      await page.click('#chosen-acts .act');
      await page.route('**/throttle', route => route.fulfill({
        status: 403, contentType: 'application/problem+json',
        body: JSON.stringify({ title: 'x', status: 403, code: 'not-your-command', detail: 'Only the command centre.', detailZh: '只有该区指挥中心可以。', remedy: 'Ask it.', remedyZh: '请与其联系。' }),
      }));
      await fill(page, '暴雨');
      await page.waitForSelector('#order .trouble:has-text("只有该区指挥中心可以。请与其联系。")');
      assert.equal(await page.inputValue('#order [name=reason]'), '暴雨');
      await page.unroute('**/throttle');
    });
  });

  it('shows a department of the whole city and orders nothing of it; the city looks on everywhere', onMock, async () => {
    await at({ language: 'en', failures: true }, async page => {
      await page.click('.department[data-department="110000-dl"]');
      await page.waitForSelector('#chosen-note:has-text("ordered by its own people")');
      assert.ok((await page.locator('#starved li').count()) > 0, 'who goes without is told all the same');
      assert.equal(await page.getAttribute('body', 'data-freshness'), 'live');
      assert.equal(await page.locator('#chosen-body .act:visible').count(), 0);
    });
    await at({ language: 'en', place: 'city' }, async page => {
      await choose(page, await page.getAttribute('.department', 'data-department'));
      assert.equal(await page.locator('#chosen-body .act:visible').count(), 0);
      assert.ok((await page.locator('.heat-district').count()) > 5);
    });
  });

  it('says when its picture is not of now, and that the server is saturated', onMock, async () => {
    await at({ language: 'en', failures: true }, async page => {
      await mock.trouble('saturate');
      await page.waitForSelector('#banner[data-kind=saturated]:not([hidden])');
      await mock.trouble('relieve');
      await page.waitForSelector('#banner[hidden]', { state: 'attached' });
      await page.route('**/contention', route => route.abort());
      await page.waitForSelector('body[data-freshness=stale]', { timeout: 20_000 });
      assert.match(await page.textContent('#banner'), /Disconnected/);
      await page.unroute('**/contention');
      await page.waitForSelector('body[data-freshness=live]', { timeout: 10_000 });
    });
  });

  it('on the real server shows a shortage, puts a whistle first and holds a level back', onServer, async () => {
    const bureau = await Bureau.of(url, '110101', 'urban-enforcement');
    const crews = bureau.department.crews.length;
    const whistles = [];
    for (let i = 0; i < crews + 2; i++) whistles.push(await bureau.blow({ level: 'daily' }));
    const command = await new Api(url).signIn('110101', 'commander');
    const advice = () => command.send('GET', `/api/v1/departments/${bureau.code}/allocation`);
    await at({ language: 'en' }, async page => {
      await page.waitForSelector(`.department[data-department="${bureau.code}"] .mark-short`);
      await choose(page, bureau.code);
      const last = whistles.at(-1).id;
      await page.locator(`#starved [data-whistle="${last}"]`).getByRole('button', { name: 'Priority' }).click();
      await fill(page, 'before the school', { minutes: '240' });
      await stored(page);
      await within(15_000, 'it comes first', async () => (await advice()).assignments[0]?.whistle === last);

      await page.click('#chosen-acts .act');
      await fill(page, 'rainstorm', { hours: '1' });
      await stored(page);
      await page.waitForSelector('#chosen-throttle:not([hidden])');
      await page.waitForSelector(`#starved [data-whistle="${last}"][data-held=yes]`);
      assert.match(await page.textContent(`#starved [data-whistle="${last}"] .row-when`), /^held back · there at \d\d:\d\d$/);
      await page.click('#unthrottle');
      await fill(page, 'it has stopped');
      await stored(page);
      await within(15_000, 'nothing is held', async () => (await advice()).throttle === undefined);
    });
    for (const whistle of whistles) await bureau.withdraw(whistle);
  });
});

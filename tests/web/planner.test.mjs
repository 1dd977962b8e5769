// The planner's page in a real browser, on the real server. Run with WHISTLE_URL, see harness.mjs.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launchBrowser, openPlanner, realServer, within } from './harness.mjs';

const one = '110101-urban-enforcement';

describe('the planner', { skip: realServer === undefined ? 'only on a real server' : false }, () => {
  let browser;

  before(async () => {
    browser = await launchBrowser();
  });

  after(() => browser?.close());

  async function at(options, use) {
    const page = await openPlanner(browser, realServer, options);
    const faults = () => page.faults.filter(fault => !options.failures || !/Failed to load resource/.test(fault));
    try {
      await use(page);
      assert.deepEqual(faults(), []);
    } catch (error) {
      console.log(`# the page complained of: ${faults().join(' | ')}; it says: ${await page.textContent('#state').catch(() => '')}`);
      throw error;
    } finally {
      await page.context().close();
    }
  }

  const slider = (page, department = one) => page.locator(`.crew[data-department="${department}"] input[type=range]`);
  const row = (page, department = one) => page.locator(`#table tr[data-department="${department}"]`);
  const run = async page => {
    await page.click('#run');
    await page.waitForSelector('#state:has-text("done in"), #state:has-text("推演完成")', { timeout: 120_000 });
  };
  // A small plan: half of what a mayor would run.
  const small = async page => page.fill('#replications', '6');

  for (const [width, height] of [[1920, 1080], [1366, 768], [1024, 700], [390, 844]])
    for (const language of ['zh', 'en'])
      it(`fits ${width} by ${height} in ${language}, before and after side by side`, async () => {
        await at({ language, viewport: { width, height } }, async page => {
          await small(page);
          await slider(page).fill('14');
          await run(page);
          assert.equal(await page.locator('#times .chart').count(), 2);
          assert.equal(await page.locator('#queue .chart').count(), 2);
          const wider = () => [...document.querySelectorAll('body *')].filter(node => !node.closest('.table-frame') && node.getBoundingClientRect().right > innerWidth + 1).map(node => `${node.id} ${node.className}`);
          assert.deepEqual(await page.evaluate(wider), [], 'nothing sticks out');
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
          assert.equal(await page.getAttribute('html', 'lang'), language === 'zh' ? 'zh-CN' : 'en');

          // Both pictures of a pair are on one scale, and say in words what they show.
          const axes = async id => page.$$eval(`#${id} svg`, pictures => pictures.map(picture => [...picture.querySelectorAll('.chart-tick')].map(tick => tick.textContent).join()));
          for (const id of ['times', 'queue']) assert.equal(new Set(await axes(id)).size, 1, id);
          for (const said of await page.$$eval('#shown svg', pictures => pictures.map(picture => picture.getAttribute('aria-label')))) assert.match(said, /\d/);
          if (process.env.WHISTLE_SHOTS) await page.screenshot({ path: `${process.env.WHISTLE_SHOTS}/planner-${width}-${language}.png`, fullPage: width < 1100 });
        });
      });

  it('shows what the server says, and that more crews where they were missing make a real difference', async () => {
    await at({ language: 'en' }, async page => {
      let report;
      page.on('response', async response => {
        if (response.request().method() === 'GET' && /\/plans\/[0-9a-f]{32}$/.test(response.url())) {
          const plan = await response.json();
          if (plan.report?.against !== undefined) report = plan.report;
        }
      });
      await small(page);
      await slider(page).press('End');
      await run(page);
      const change = report.differences.find(({ code }) => code === one).onTime;
      assert.equal(await row(page).locator('.is-real').textContent(), change.real ? 'real' : 'not shown');
      assert.equal(await row(page).getAttribute('data-change'), change.real ? 'better' : 'none');
      assert.equal(await row(page).locator('.is-crews').textContent(), `${report.plan.departments.find(({ code }) => code === one).crews} → 15`);
      const share = value => `${(100 * value).toFixed(1)} %`;
      const city = report.differences.find(({ code }) => code === '*').onTime;
      assert.ok((await page.textContent('#verdict')).startsWith(`On time ${share(city.before)} before, ${share(city.after)} after`));
      assert.match(await row(page).locator('.is-need').textContent(), /^\d+ crews$|^not crews$/);

      // A row shows its own times.
      await row(page).locator('button').press('Enter');
      assert.match(await page.textContent('#times-of'), /^City Enforcement/);
      assert.equal(await row(page).locator('button').getAttribute('aria-pressed'), 'true');
      assert.equal(await page.locator('#times .chart').count(), 2);
    });
  });

  for (const [width, height] of [[1920, 1080], [1366, 768]])
    it(`posts a crew to a subdistrict and borrows one from a neighbouring district, and shows before and after, at ${width} by ${height}`, async () => {
      await at({ language: width > 1400 ? 'zh' : 'en', viewport: { width, height } }, async page => {
        const asked = [];
        page.on('request', request => {
          if (request.method() === 'POST' && /\/plans$/.test(request.url())) asked.push(request.postDataJSON());
        });
        const neighbour = '110105-urban-enforcement';
        await small(page);
        await page.click('#moves summary');
        const listed = await page.locator('#move-crew option').count();
        assert.ok(listed > 5 && listed <= 60, `${listed} crews at once`);
        assert.match(await page.textContent('#move-more'), /\d/, 'the rest are counted');

        // Found by the district's name and by the bureau's; where its own bureau wants it is offered first.
        await page.fill('#move-filter', '朝阳 urban-enforcement');
        assert.equal(await page.locator('#move-crew optgroup').count(), 1);
        const [lent, other] = await page.locator('#move-crew option').evaluateAll(options => options.map(option => option.value));
        assert.equal(lent.startsWith(neighbour), true);
        assert.equal(await page.inputValue('#move-to'), `loans:${one}`);
        await page.click('#move-add');
        assert.equal(await page.locator(`#move-crew option[value="${lent}"]`).count(), 0, 'it cannot be in two places');
        await page.selectOption('#move-crew', other);
        await page.click('#move-add');

        // By the keyboard: type, Enter, Enter.
        await page.focus('#move-filter');
        await page.fill('#move-filter', one);
        await page.keyboard.press('Enter');
        const posted = await page.inputValue('#move-crew');
        const place = await page.inputValue('#move-to');
        assert.match(place, /^postings:110101/);
        assert.equal(await page.locator(`#move-to option[value="loans:${one}"]`).count(), 0, 'nobody lends to himself');
        await page.keyboard.press('Enter');
        assert.equal(await page.locator('.move').count(), 3);
        assert.match(await page.locator(`.crew[data-department="${one}"] .crew-called`).textContent(), /2 borrowed|借入 2/);
        assert.equal(asked.length, 0, 'nothing has run');
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight), true);
        if (process.env.WHISTLE_SHOTS) await page.screenshot({ path: `${process.env.WHISTLE_SHOTS}/planner-moves-${width}.png` });

        // One is taken back, and the rest is what the server is asked.
        await page.click(`.move[data-crew="${other}"] button`);
        await run(page);
        assert.deepEqual(asked[0].against.changes, { postings: [{ crew: posted, to: place.slice('postings:'.length) }], loans: [{ crew: lent, to: one }] });
        const had = Number(await slider(page).inputValue());
        assert.equal(await row(page).locator('.is-crews').textContent(), `${had} → ${had + 1}`);
        assert.equal(await page.locator('#times .chart').count(), 2);
        if (process.env.WHISTLE_SHOTS) await page.screenshot({ path: `${process.env.WHISTLE_SHOTS}/planner-moved-${width}.png` });

        await page.click('#reset');
        assert.equal(await page.locator('.move').count(), 0);
        assert.doesNotMatch(await page.locator(`.crew[data-department="${one}"] .crew-called`).textContent(), /borrowed|借入/);
      });
    });

  for (const language of ['zh', 'en'])
    it(`says beside the crew what the server does not allow, in ${language}`, async () => {
      // A page that is older than the city pack knows a crew that there is no more.
      const prepare = page => page.route('**/api/v1/plans/scenarios/*', async route => {
        const answer = await route.fetch();
        const detail = await answer.json();
        detail.crews[0].crews.unshift({ code: 'gone-99', name: { zh: '已撤销的力量', en: 'A crew of the past' }, size: 3 });
        await route.fulfill({ response: answer, json: detail });
      });
      await at({ language, failures: true, prepare }, async page => {
        await small(page);
        await page.fill('#limit', '0');
        await page.click('#moves summary');
        await page.fill('#move-filter', '110105-urban-enforcement-01');
        await page.click('#move-add');
        await page.fill('#move-filter', 'gone-99');
        await page.click('#move-add');
        await page.click('#run');
        await page.waitForSelector('.move-fault');
        assert.equal(await page.textContent('.move[data-crew=gone-99] .move-fault'), language === 'zh' ? '力量 gone-99 不存在。' : 'The crew gone-99 does not exist.');
        assert.equal(await page.locator('.move-fault').count(), 1, 'the other one is right');
        assert.equal(await page.locator('#faults li').count(), 1, 'the limit has a fault of its own');
        if (process.env.WHISTLE_SHOTS) await page.screenshot({ path: `${process.env.WHISTLE_SHOTS}/planner-refused-${language}.png` });

        // What was chosen stays; without that crew it runs.
        await page.fill('#limit', '');
        await page.click('.move[data-crew=gone-99] button');
        await run(page);
        assert.equal(await page.locator('.move-fault, #faults li').count(), 0);
      });
    });

  it('is driven by the keyboard alone', async () => {
    await at({ language: 'en' }, async page => {
      await page.focus('#scenario');
      await page.focus('#replications');
      await page.keyboard.press('Control+A');
      await page.keyboard.type('5');
      await slider(page).focus();
      const had = Number(await slider(page).inputValue());
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      assert.equal(Number(await slider(page).inputValue()), had + 2);
      assert.equal(await slider(page).getAttribute('aria-valuetext'), `${had + 2} crews, ${had} in the scenario`);
      await page.keyboard.press('Enter');
      await page.waitForSelector('#state:has-text("done in")', { timeout: 120_000 });
      assert.equal(await page.evaluate(() => document.activeElement.id), 'run');
    });
  });

  it('is safe with every slider at its end', async () => {
    await at({ language: 'en' }, async page => {
      await small(page);
      for (const key of ['Home', 'End']) {
        for (const each of await page.locator('.crew input[type=range]').all()) await each.press(key);
        await run(page);
        assert.equal(await page.textContent('#verdict').then(text => text.includes('NaN')), false);
        if (key === 'Home') {
          assert.match(await page.textContent('[data-tile=on-time] .tile-value'), /^0\.0 %$/);
          assert.match(await page.textContent('[data-tile=p95] .tile-value'), /^never$/);
        }
      }
      await page.click('#reset');
      await run(page);
      assert.match(await page.textContent('#verdict'), /Nothing was changed/);
      assert.equal(await page.locator('#times .chart').count(), 1);
    });
  });

  it('says in the reader’s language what the server refuses, and runs again', async () => {
    await at({ language: 'zh', failures: true }, async page => {
      await page.fill('#limit', '0');
      await page.fill('#replications', '1000');
      await page.click('#run');
      await page.waitForSelector('#faults li');
      assert.match(await page.textContent('#faults'), /“replications”应为 1 至 100 之间的整数；现为 1000。/);
      assert.match(await page.textContent('#faults'), /“check-in”应为时长/);
      await page.fill('#limit', '60');
      await page.fill('#replications', '4');
      await run(page);
      assert.equal(await page.locator('#faults li').count(), 0);
    });
  });

  it('stops when told, with what was done, and gives its place to the next', async () => {
    await at({ language: 'en' }, async page => {
      await page.fill('#replications', '100');
      await page.click('#run');
      await page.waitForSelector('#state:has-text("%")');
      await page.click('#stop');
      await page.waitForSelector('#state:has-text("stopped")');
      await small(page);
      await run(page);
    });
  });

  it('leaves no run behind when its page is closed, and waits while another runs', async () => {
    await at({ language: 'en', failures: true }, async first => {
      await first.fill('#replications', '100');
      await first.click('#run');
      await first.waitForSelector('#state:has-text("%")');
      await at({ language: 'en', failures: true }, async second => {
        await small(second);
        await second.click('#run');
        await second.waitForSelector('#state:has-text("another simulation is running")');
        await first.goto('about:blank');
        await second.waitForSelector('#state:has-text("done in")', { timeout: 60_000 });
      });
    });
  });

  it('lets somebody sign in and remembers who it is', async () => {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await page.goto(`${realServer}/planner/?lang=en`);
    await page.selectOption('[name=place]', '110101');
    await page.fill('[name=name]', '王规划');
    await page.press('[name=name]', 'Enter');
    await page.waitForSelector('.crew');
    await page.reload();
    await page.waitForSelector('.crew');
    assert.match(await page.textContent('#who'), /王规划/);
    await page.click('#leave');
    await page.waitForSelector('[name=place]');
    await context.close();
  });

  it('takes the scenario of its address, and another one that is chosen', async () => {
    await at({ language: 'en', scenario: 'storm-300' }, async page => {
      await within(15_000, 'the storm', async () => (await page.getAttribute('#crews', 'data-scenario')) === 'storm-300');
      assert.match(await page.textContent('#facts'), /^2 days from 2026-07-20, about \d+ whistles a run/);
      await page.selectOption('#scenario', 'dongcheng-week');
      await within(15_000, 'the week', async () => (await page.getAttribute('#crews', 'data-scenario')) === 'dongcheng-week');
      assert.equal(await page.inputValue('#replications'), '20');
    });
  });
});

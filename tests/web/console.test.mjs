// The department console in a real browser, on the real server. Run with WHISTLE_URL, see harness.mjs.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Api, Bureau, launchBrowser, openConsole, pressWhileDrawn, realServer, within } from './harness.mjs';
import { consoleFaults, consoleShows } from './picture.mjs';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe('the console', { skip: realServer === undefined ? 'only on a real server' : false }, () => {
  let browser;
  let bureau;

  before(async () => {
    browser = await launchBrowser();
    bureau = await Bureau.of(realServer, '110105', 'urban-enforcement');
  });

  after(async () => {
    await browser?.close();
    await bureau?.calm();
  });

  const row = (page, whistle) => page.locator(`.duty[data-id="${whistle.id}"]`);
  const state = async whistle => (await bureau.desk.send('GET', `/api/v1/whistles/${whistle.id}`)).summonses.find(({ department }) => department === bureau.code);
  const openAt = (page, whistle) => row(page, whistle).locator('.duty-open').click();

  async function at(options, use) {
    const page = await openConsole(browser, realServer, bureau.code, options);
    const faults = () => page.faults.filter(fault => !options.failures || !/Failed to load resource/.test(fault));
    try {
      await use(page);
      assert.deepEqual(faults(), []);
    } catch (error) {
      console.log(`# what the page complained of: ${faults().join(' | ')}`);
      throw error;
    } finally {
      await page.context().close();
    }
  }

  for (const [width, height] of [[1920, 1080], [1366, 768], [390, 844]])
    for (const language of ['zh', 'en'])
      it(`fits ${width} by ${height} in ${language}, asks nobody but its server and shows what is true`, async () => {
        const whistle = await bureau.blow({ description: '<img src=x onerror=alert(1)> 没有空格的很长的文字'.padEnd(600, '长') });
        await at({ language, viewport: { width, height } }, async page => {
          await row(page, whistle).waitFor();
          assert.deepEqual(await within(15_000, 'it is right', async () => (await consoleFaults(page, bureau)).length === 0).then(() => []), []);
          await openAt(page, whistle);
          const wider = () => [...document.querySelectorAll('body *')].filter(node => node.getBoundingClientRect().right > innerWidth + 1).map(node => `${node.id} ${node.className}`);
          assert.deepEqual(await page.evaluate(wider).then(nodes => nodes.filter(name => !name.includes('chip'))), [], 'nothing sticks out');
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
          assert.equal(await page.getAttribute('html', 'lang'), language === 'zh' ? 'zh-CN' : 'en');
          assert.match(await page.textContent('.facts'), /<img src=x onerror=alert\(1\)>/);
        });
      });

  it('lets somebody sign in and remembers who it is', async () => {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await page.goto(`${realServer}/console/?lang=en`);
    await page.selectOption('[name=district]', '110105');
    await page.selectOption('[name=department]', bureau.code);
    await page.fill('[name=name]', '王建国');
    await page.press('[name=name]', 'Enter');
    await page.waitForSelector('body[data-freshness=live]');
    await page.reload();
    await page.waitForSelector('body[data-freshness=live]');
    assert.match(await page.textContent('#who'), /王建国 \(Dispatcher\)/);
    await context.close();
  });

  it('signs with one press, and proves that it had shown the summons', async () => {
    const whistle = await bureau.blow();
    await at({ language: 'en', person: 'desk-1' }, async page => {
      await page.locator('#calls').locator(`[data-id="${whistle.id}"] .duty-act`).click();
      await page.waitForSelector(`#duties [data-id="${whistle.id}"][data-state=signed]`);
      await page.waitForSelector('.sent[data-state=stored]:has-text("Stored")');
      assert.equal((await state(whistle)).signed.by.person, 'desk-1');
      await within(15_000, 'the proof', async () => {
        const { departments } = await bureau.desk.send('GET', `/api/v1/whistles/${whistle.id}/alerts`);
        return departments.find(({ department }) => department === bureau.code).attempts.some(({ kind, person }) => kind === 'shown' && person === 'desk-1');
      });
    });
  });

  it('never says that something is stored before the server has said so', async () => {
    const whistle = await bureau.blow();
    await at({ language: 'en' }, async page => {
      let answer;
      const held = new Promise(resolve => (answer = resolve));
      await page.route('**/sign', async route => {
        await held;
        await route.continue();
      });
      const act = row(page, whistle).locator('.duty-act');
      await act.click();
      await page.waitForSelector('.sent[data-state=sending]');
      await act.click({ force: true });
      assert.match(await page.textContent('.sent'), /not confirmed/);
      assert.equal(await page.locator('.sent').count(), 1, 'pressed twice, meant once');
      assert.equal(await page.locator('.sent[data-state=stored]').count(), 0);
      answer();
      await page.waitForSelector('.sent[data-state=stored]');
    });
  });

  it('sends again under the same key what did not get through or was not answered, and it takes effect once', async () => {
    const whistle = await bureau.blow();
    await at({ language: 'en', failures: true }, async page => {
      const keys = [];
      const cut = route => route.abort('connectionreset');
      const storedUnheard = async route => {
        await route.fetch();
        return cut(route);
      };
      const busy = route => route.fulfill({ status: 503, headers: { 'retry-after': '1' }, json: { code: 'overloaded', detail: '', detailZh: '', title: '', status: 503 } });
      // What comes once the line is there, one attempt after the other; until then nothing gets through.
      const then = [storedUnheard, busy];
      let connected = false;
      await page.route('**/sign', route => {
        keys.push(route.request().headers()['idempotency-key']);
        const happens = connected ? (then.shift() ?? (last => last.continue())) : cut;
        return happens(route);
      });
      await row(page, whistle).locator('.duty-act').click();
      await page.waitForSelector('.sent[data-state=waiting] .sent-text:text-matches("Not stored yet. Trying again in [0-9]+ s .no connection.")');
      connected = true;
      await page.waitForSelector('.sent[data-state=stored]', { timeout: 30_000 });
      assert.ok(keys.length >= 4);
      assert.equal(new Set(keys).size, 1);
      const trace = await bureau.desk.send('GET', `/api/v1/whistles/${whistle.id}/trace`);
      assert.equal(JSON.stringify(trace).match(/summons-signed/g)?.length ?? JSON.stringify(trace).match(/SummonsSigned/g)?.length, 1);
    });
  });

  it('sends what was not stored when the page is opened again', async () => {
    const whistle = await bureau.blow();
    await at({ language: 'en', failures: true }, async page => {
      const keys = [];
      let connected = false;
      await page.route('**/sign', route => {
        keys.push(route.request().headers()['idempotency-key']);
        return connected ? route.continue() : route.abort('internetdisconnected');
      });
      page.on('dialog', dialog => dialog.accept());
      await row(page, whistle).locator('.duty-act').click();
      await page.waitForSelector('.sent[data-state=waiting]');
      connected = true;
      await page.reload();
      await within(15_000, 'it is signed', async () => (await state(whistle)).state === 'signed');
      assert.equal(new Set(keys).size, 1);
    });
  });

  for (const [language, words] of [['zh', /网格/], ['en', /grid/]])
    it(`says in ${language} why the server refused, and what would be right`, async () => {
      const whistle = await bureau.blow();
      await bureau.order(whistle, 'sign');
      await at({ language, ...phone, geolocation: { longitude: 121.5, latitude: 31.2, accuracy: 10 }, permissions: ['geolocation'], failures: true }, async page => {
        await openAt(page, whistle);
        await page.click('[data-order=check-in]');
        await page.click('.order-form .is-main');
        await page.waitForSelector('.sent[data-state=refused]');
        assert.match(await page.textContent('.sent'), words);
        assert.equal((await state(whistle)).state, 'signed');
        await page.click('.sent .act:visible');
        await page.waitForSelector('#outbox', { state: 'hidden' });
      });
    });

  it('brings a crew to the spot from a phone whose clock is an hour wrong: sets out, checks in by position, reports measures', async () => {
    const whistle = await bureau.blow();
    const { innerPoint: [longitude, latitude] } = await bureau.desk.send('GET', `/api/v1/grids/${whistle.grid}`);
    const prepare = page => page.addInitScript(() => {
      const now = Date.now;
      Date.now = () => now() + 3_600_000;
      const measure = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
      navigator.geolocation.getCurrentPosition = (success, failure, options) => measure(({ coords, timestamp }) => success({ coords, timestamp: timestamp + 3_600_000 }), failure, options);
    });
    await at({ language: 'zh', role: 'crew', ...phone, geolocation: { longitude, latitude, accuracy: 8 }, permissions: ['geolocation'], prepare }, async page => {
      // Whoever may not sign sets out, which signs too.
      await row(page, whistle).locator('.duty-act').click();
      await page.selectOption('[name=crew]', bureau.department.crews[1].code);
      await page.click('.order-form .is-main');
      await page.waitForSelector('.sent[data-state=stored]');
      await page.click('[data-order=check-in]');
      await page.fill('[name=headcount]', '4');
      await page.click('.order-form .is-main');
      await within(15_000, 'checked in', async () => (await state(whistle)).state === 'checked-in');
      await page.click('[data-order=measures]');
      await page.fill('[name=text]', '已清理通道');
      await page.click('.order-form .is-main');
      await within(15_000, 'measures', async () => (await state(whistle)).clocks.measures?.length === 1);
      const { checkedIn, departed } = await state(whistle);
      assert.equal(departed.crew, bureau.department.crews[1].code);
      assert.deepEqual([checkedIn.headcount, checkedIn.accuracyMetres, checkedIn.distanceMetres], [4, 8, 0]);
      // The way back of the phone leads to the list.
      await page.goBack();
      assert.equal(await page.getAttribute('body', 'data-view'), 'list');
      assert.equal(await page.isVisible('#detail'), false);
    });
  });

  it('lets a witness vouch where the position cannot be measured', async () => {
    const whistle = await bureau.blow();
    await bureau.order(whistle, 'sign');
    await at({ language: 'en' }, async page => {
      await openAt(page, whistle);
      await page.click('[data-order=check-in]');
      await page.click('.order-form .is-main');
      await page.waitForSelector('.order-trouble:has-text("No permission")');
      await page.selectOption('.order-form select >> nth=0', 'witness');
      await page.fill('.order-form input >> nth=0', '赵敏');
      await page.click('.order-form .is-main');
      await within(15_000, 'checked in', async () => (await state(whistle)).checkedIn?.witness?.name === '赵敏');
    });
  });

  it('says "not ours" with a reason, and shows that it is still bound', async () => {
    const whistle = await bureau.blow();
    await bureau.order(whistle, 'sign');
    await at({ language: 'en' }, async page => {
      await openAt(page, whistle);
      await page.click('[data-order=dispute]');
      await page.click('.order-form .is-main');
      assert.equal(await page.locator('.sent').count(), 0, 'not without a reason');
      await page.fill('[name=reason]', 'The street lamp belongs to the park');
      await page.click('.order-form .is-main');
      await page.waitForSelector('[data-key=dispute]:has-text("has to rule")');
      assert.equal((await state(whistle)).dispute.reason, 'The street lamp belongs to the park');
      await page.waitForSelector(`#duties [data-id="${whistle.id}"]`);
    });
  });

  it('reports a result that is put on the ledger', async () => {
    const whistle = await bureau.blow();
    await bureau.order(whistle, 'check-in', { witness: { name: '赵敏', organisation: whistle.subdistrict } });
    await at({ language: 'en' }, async page => {
      await openAt(page, whistle);
      await page.click('[data-order=outcome]');
      assert.equal(await page.isVisible('[name=dueOn]'), false);
      await page.selectOption('[name=kind]', 'ledgered');
      await page.fill('[name=note]', 'Shored up');
      await page.fill('[name=reason]', 'Needs a permit');
      await page.fill('[name=dueOn]', new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10));
      await page.fill('[name=responsible]', '王建国');
      await page.click('.order-form .is-main');
      await within(15_000, 'reported', async () => (await state(whistle)).outcome?.ledger?.responsible === '王建国');
    });
  });

  it('signs all that waits with one press, each by an order of its own, and tells what became of each', async () => {
    const whistles = [await bureau.blow(), await bureau.blow({ level: 'daily' }), await bureau.blow()];
    await at({ language: 'en', failures: true }, async page => {
      const keys = new Map();
      await page.route('**/sign', route => {
        const [, id] = /whistles\/([^/]+)\//.exec(route.request().url());
        keys.set(id, route.request().headers()['idempotency-key']);
        // One of them is refused: the others are signed all the same.
        if (id !== whistles[1].id) return route.continue();
        return route.fulfill({ status: 409, json: { code: 'whistle-not-open', detail: 'It has ended.', detailZh: '已结束。', title: '', status: 409 } });
      });
      for (const whistle of whistles) await row(page, whistle).waitFor();
      await page.click('#sign-all');
      await within(15_000, 'two are signed', async () => (await Promise.all([whistles[0], whistles[2]].map(state))).every(summons => summons.state === 'signed'));
      await page.waitForSelector('.sent[data-state=refused]:has-text("It has ended.")');
      for (const { id } of whistles) assert.ok(keys.has(id));
      assert.equal(new Set(keys.values()).size, keys.size, 'each has its own key');
      assert.equal((await state(whistles[1])).state, 'summoned');
      await page.waitForSelector('#sign-all', { state: 'hidden' });
    });
  });

  it('asks for more time and for a suspension, once each', async () => {
    const whistle = await bureau.blow({ level: 'daily' });
    await bureau.order(whistle, 'sign');
    await at({ language: 'en' }, async page => {
      await openAt(page, whistle);
      await page.click('[data-order=extension]');
      await page.selectOption('[name=clock]', 'check-in');
      await page.fill('[name=until]', '2');
      await page.fill('[name=reason]', 'The road is flooded');
      await page.click('.order-form .is-main');
      await within(15_000, 'asked', async () => (await state(whistle)).clocks.extensions?.length === 1);
      const [asked] = (await state(whistle)).clocks.extensions;
      assert.equal(Date.parse(asked.until) - Date.parse(asked.due), 2 * 3_600_000, 'two hours beyond the time that there was');
      await page.waitForSelector('[data-order=extension]', { state: 'hidden' });

      await page.click('[data-order=suspension]');
      await page.fill('[name=until]', new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
      await page.fill('[name=reason]', 'Waits for a part');
      await page.click('.order-form .is-main');
      await within(15_000, 'asked', async () => (await state(whistle)).clocks.suspensions?.length === 1);
      await bureau.subdistricts.get(whistle.subdistrict).send('POST', `/api/v1/whistles/${whistle.id}/summonses/${bureau.code}/suspension/approve`, {});
      await page.click('[data-order="suspension/end"]');
      await page.click('.order-form .is-main');
      await within(15_000, 'it runs on', async () => (await state(whistle)).clocks.suspendedUntil === undefined);
    });
  });

  it('says that a crew left the spot', async () => {
    const whistle = await bureau.blow();
    await bureau.order(whistle, 'check-in', { crew: bureau.department.crews[0].code, witness: { name: '赵敏', organisation: whistle.subdistrict } });
    await at({ language: 'en' }, async page => {
      await openAt(page, whistle);
      await page.click('[data-order=leave]');
      await page.waitForSelector('.order-hint:has-text("stays bound")');
      await page.fill('[name=reason]', 'Called elsewhere');
      await page.click('.order-form .is-main');
      await within(15_000, 'left', async () => (await state(whistle)).checkedIn.left !== undefined);
      await page.waitForSelector('[data-order=leave]', { state: 'hidden' });
    });
  });

  it('follows a ledger entry with its milestones, also when the whistle is closed', async () => {
    const whistle = await bureau.blow();
    const street = bureau.subdistricts.get(whistle.subdistrict);
    const other = whistle.summonses.find(({ department }) => department !== bureau.code).department;
    await bureau.order(whistle, 'check-in', { witness: { name: '赵敏', organisation: whistle.subdistrict } });
    const day = days => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    await at({ language: 'en' }, async page => {
      await openAt(page, whistle);
      await page.click('[data-order=outcome]');
      await page.selectOption('[name=kind]', 'ledgered');
      await page.fill('[name=note]', 'Shored up');
      await page.fill('[name=reason]', 'Needs a permit');
      await page.fill('[name=dueOn]', day(30));
      await page.fill('[name=responsible]', '王建国');
      for (const [i, text] of ['Permit', 'Rebuilt'].entries()) {
        await page.click('.milestones .act');
        await page.fill(`[name=milestone-on] >> nth=${i}`, day(10 + 20 * i));
        await page.fill(`[name=milestone-text] >> nth=${i}`, text);
      }
      await page.click('.order-form .is-main');
      await within(15_000, 'reported', async () => (await state(whistle)).outcome?.ledger?.milestones.length === 2);

      await street.send('POST', `/api/v1/whistles/${whistle.id}/accept`, { department: bureau.code });
      await street.send('POST', `/api/v1/whistles/${whistle.id}/release`, { department: other, reason: '不需要' });
      await street.send('POST', `/api/v1/whistles/${whistle.id}/release`, { department: bureau.code });
      await street.send('POST', `/api/v1/whistles/${whistle.id}/close`, {});
      // What is closed is on no board; it is asked for when the page opens.
      await page.reload();
      await openAt(page, whistle);
      await page.click('[data-order="ledger/milestone"]');
      await page.selectOption('[name=milestone]', '1');
      await page.fill('[name=note]', 'The permit is there');
      await page.click('.order-form .is-main');
      await within(15_000, 'reached', async () => (await state(whistle)).ledger.reached.length === 1);
      await page.click('[data-order="ledger/complete"]');
      await page.fill('[name=note]', 'All is done');
      await page.click('.order-form .is-main');
      await within(15_000, 'completed', async () => (await state(whistle)).ledger.completed !== undefined);
      await row(page, whistle).locator(':text("to be confirmed")').waitFor();
    });
    await street.send('POST', `/api/v1/whistles/${whistle.id}/summonses/${bureau.code}/ledger/confirm`, {});
  });

  it('says that access was withdrawn, asks for nothing more with that token, and lets whoever may sign in anew', async () => {
    const person = `leaver-${crypto.randomUUID().slice(0, 8)}`;
    const admin = await new Api(realServer).signIn('city', 'administrator');
    await at({ language: 'en', person, failures: true }, async page => {
      await admin.send('POST', `/api/v1/access/${person}/withdraw`, { reason: '测试' });
      await page.waitForSelector('#veil:has-text("Your access was withdrawn")');
      const asked = [];
      page.on('request', request => asked.push(request.url()));
      await page.waitForTimeout(6_000);
      assert.deepEqual(asked, []);
      await page.click('.veil-anew');
      await page.waitForSelector('body[data-freshness=live]');
    });
  });

  it('keeps what somebody is writing while the picture changes around it', async () => {
    const whistle = await bureau.blow();
    await bureau.order(whistle, 'check-in', { witness: { name: '赵敏', organisation: whistle.subdistrict } });
    await at({ language: 'en' }, async page => {
      await openAt(page, whistle);
      await page.click('[data-order=measures]');
      await page.type('[name=text]', 'half a sen');
      await bureau.order(whistle, 'measures', { text: 'of another desk' });
      await page.waitForSelector('[data-key="done measures"]');
      await page.type('[name=text]', 'tence');
      assert.equal(await page.inputValue('[name=text]'), 'half a sentence');
    });
  });

  it('can be worked without a mouse', async () => {
    const whistle = await bureau.blow();
    await at({ language: 'en' }, async page => {
      await row(page, whistle).waitFor();
      const focused = () => page.evaluate(() => document.activeElement.closest('.duty')?.dataset.id + ' ' + document.activeElement.className);
      for (let i = 0; i < 400 && (await focused()) !== `${whistle.id} duty-open`; i++) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      // It stays there when the names of the grid come and the rest is drawn.
      await page.waitForSelector(`.facts:has-text("${(await bureau.desk.send('GET', `/api/v1/grids/${whistle.grid}`)).communityName.en}")`);
      await page.waitForFunction(() => document.activeElement.id === 'detail-matter');
      await page.keyboard.press('Escape');
      await page.waitForFunction(id => document.activeElement.closest('.duty')?.dataset.id === id, whistle.id);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await within(15_000, 'signed', async () => (await state(whistle)).state === 'signed');
    });
  });

  it('names everything that can be pressed or filled in, and is readable by contrast', async () => {
    const whistle = await bureau.blow();
    await at({ language: 'en' }, async page => {
      await openAt(page, whistle);
      await page.click('[data-order=check-in]');
      const faults = await page.evaluate(() => {
        const visible = node => node.checkVisibility();
        const nameless = [...document.querySelectorAll('button, a, input, select, textarea')].filter(visible).filter(node => (node.getAttribute('aria-label') ?? node.textContent ?? '').trim() === '' && (node.labels ?? []).length === 0);
        const parse = color => (color.match(/[\d.]+/g) ?? []).map(Number);
        const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const ground = node => {
          for (let at = node; at !== null; at = at.parentElement) {
            const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor);
            if (a > 0.9) return [r, g, b];
          }
          return [255, 255, 255];
        };
        const faint = [...document.querySelectorAll('body *')].filter(node => visible(node) && [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim() !== '')).flatMap(node => {
          const style = getComputedStyle(node);
          const [a, b] = [light(parse(style.color)), light(ground(node))].sort((x, y) => y - x);
          const ratio = (a + 0.05) / (b + 0.05);
          return ratio < 4.5 ? [`${node.className || node.tagName} "${node.textContent.slice(0, 20)}" ${ratio.toFixed(1)}`] : [];
        });
        const small = [...document.querySelectorAll('button')].filter(visible).filter(node => node.getBoundingClientRect().height < 24).map(node => node.textContent);
        return [...nameless.map(node => `no name: ${node.outerHTML.slice(0, 80)}`), ...faint, ...small];
      });
      assert.deepEqual(faults, []);
    });
  });

  for (const [language, word] of [['zh', '演练'], ['en', 'EXERCISE']])
    it(`marks an exercise so that nobody takes it for the real thing (${language})`, async () => {
      const whistle = await bureau.blow({ exercise: true });
      const real = await bureau.blow({ level: 'daily' });
      await at({ language }, async page => {
        await row(page, real).waitFor();
        assert.equal(await row(page, whistle).getAttribute('data-exercise'), 'yes');
        assert.equal(await row(page, whistle).locator('.row-exercise').innerText(), word);
        const order = (await consoleShows(page)).rows.map(({ id }) => id);
        assert.ok(order.indexOf(whistle.id) > order.indexOf(real.id), 'after all that is real');
        await openAt(page, whistle);
        assert.equal(await page.locator('.detail-head .row-exercise').innerText(), word);
        assert.equal(await page.locator('.detail-head .row-exercise').isVisible(), true);
      });
    });

  it('says that it cannot ring until the browser is allowed to, then rings, and says when it is muted', async () => {
    // Whatever Playwright asks a page counts as a gesture of its user, so nothing is asked before the bell is there: it stands before anything connects.
    let connects;
    const prepare = page => {
      connects = page.waitForEvent('websocket');
      return page.addInitScript(countNotes);
    };
    const countNotes = () => {
      window.notes = 0;
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (when) {
        window.notes++;
        return start.call(this, when);
      };
    };
    await at({ language: 'en', prepare, live: false }, async page => {
      await connects;
      await page.waitForSelector('#sound[data-state=blocked]');
      assert.match(await page.textContent('#sound-hint'), /has not allowed sound/);
      await page.click('#sound-allow');
      await page.waitForSelector('#sound[data-state=on]');
      assert.equal(await page.isVisible('#sound-hint'), false);
      await bureau.blow();
      await within(15_000, 'it rings', async () => (await page.evaluate(() => window.notes)) > 0);
      await page.click('#sound');
      assert.match(await page.textContent('#sound-hint'), /muted/);
    });
  });

  it('takes notices of what waits while no console is open, for whoever switches them on', async () => {
    // The push service of the browser's maker is not here: its part, an address and keys, is played. What the server takes of it and what the worker makes of a notice is real.
    const prepare = page => page.addInitScript(() => {
      const made = subscription => subscription && { ...subscription, toJSON: () => subscription, unsubscribe: async () => (localStorage.removeItem('held'), true) };
      PushManager.prototype.getSubscription = async () => made(JSON.parse(localStorage.getItem('held')));
      PushManager.prototype.subscribe = async function (options) {
        const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
        const base64url = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
        const keys = { p256dh: base64url(await crypto.subtle.exportKey('raw', publicKey)), auth: base64url(crypto.getRandomValues(new Uint8Array(16))) };
        window.subscribedWith = options.applicationServerKey;
        const held = { endpoint: 'https://push.example.org/1', keys };
        localStorage.setItem('held', JSON.stringify(held));
        return made(held);
      };
    });
    const person = 'push-1';
    await at({ language: 'zh', person, permissions: ['notifications'], prepare }, async page => {
      const asked = [];
      page.on('response', response => response.url().includes('push-subscriptions') && asked.push(`${response.request().method()} ${response.status()}`));
      await page.click('#push');
      await page.waitForSelector('#push[data-state=on]');
      assert.deepEqual(asked, ['POST 204']);
      assert.ok((await page.evaluate(() => window.subscribedWith)).length > 80);

      const session = await page.context().newCDPSession(page);
      const registered = new Promise(resolve => session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations[0] && resolve(registrations[0].registrationId)));
      await session.send('ServiceWorker.enable');
      for (const zh of ['本部门现有 1 个哨待签收，请立即处理。', '本部门现有 2 个哨待签收，请立即处理。'])
        await session.send('ServiceWorker.deliverPushMessage', { origin: new URL(realServer).origin, registrationId: await registered, data: JSON.stringify({ department: bureau.code, emergency: true, unsigned: 1, zh, en: 'x' }) });
      await within(15_000, 'one calm notification, the newest', async () => {
        const shown = await page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag }) => ({ title, body, tag })));
        return (shown.length === 1 && shown[0].tag === bureau.code && shown[0].body.includes('2 个')) || shown;
      });
      await page.click('#push');
      await page.waitForSelector('#push[data-state=off]');
      assert.deepEqual(asked, ['POST 204', 'DELETE 204']);

      // What the server has forgotten meanwhile it is told again when the console opens, so that the button does not lie.
      await page.click('#push');
      await page.waitForSelector('#push[data-state=on]');
      const same = await new Api(realServer).signIn(bureau.code, 'dispatcher', person);
      const subscriptions = `/api/v1/departments/${bureau.code}/push-subscriptions`;
      await same.send('DELETE', `${subscriptions}?endpoint=https://push.example.org/1`);
      await page.reload();
      await page.waitForSelector('#push[data-state=on]');
      assert.equal((await same.send('GET', subscriptions)).subscriptions.length, 1);
    });
  });

  it('calls back a crew on the way to something lesser for an emergency that has none', async () => {
    await bureau.calm();
    const advice = () => bureau.desk.send('GET', `/api/v1/departments/${bureau.code}/allocation`);
    const crews = (await advice()).crews.filter(({ state }) => state === 'free');
    const lesser = [];
    for (const { crew } of crews) {
      lesser.push(await bureau.blow({ level: 'daily' }));
      await bureau.order(lesser.at(-1), 'depart', { crew });
    }
    const emergency = await bureau.blow();
    const ours = async () => (await advice()).assignments.find(({ whistle }) => whistle === emergency.id);
    await within(15_000, 'a crew on the way is proposed', async () => (await ours())?.takenFrom !== undefined);
    const { takenFrom, crew } = await ours();
    await at({ language: 'en', viewport: { width: 1366, height: 768 } }, async page => {
      await row(page, emergency).waitFor();
      await page.click('#dispatch-open');
      const dialog = page.locator('#dispatch');
      await dialog.getByRole('button', { name: 'Call back' }).click();
      await within(15_000, 'called back', async () => (await bureau.desk.send('GET', `/api/v1/whistles/${takenFrom}/trace`)).events.at(-1).manifest === 'crew-recalled.1');
      await dialog.getByRole('button', { name: 'Assign', exact: true }).first().click();
      await within(15_000, 'assigned to the emergency', async () => (await advice()).crews.some(each => each.whistle === emergency.id && each.state === 'assigned'));
      assert.equal((await advice()).crews.find(each => each.whistle === emergency.id).crew, crew);
    });
    await bureau.desk.send('POST', `/api/v1/departments/${bureau.code}/crews/${crew}/unassign`, {});
    await Promise.all([...lesser, emergency].map(whistle => bureau.withdraw(whistle)));
  });

  it('sends a crew as proposed or another one, takes it back, sends one off duty, and leaves it to the rule', async () => {
    // What the others left open wants crews too.
    await bureau.calm();
    const whistle = await bureau.blow();
    const advice = () => bureau.desk.send('GET', `/api/v1/departments/${bureau.code}/allocation`);
    const assigned = async () => (await advice()).crews.find(crew => crew.whistle === whistle.id && crew.state === 'assigned')?.crew;
    await at({ language: 'en', viewport: { width: 1366, height: 768 } }, async page => {
      await row(page, whistle).waitFor();
      await page.click('#dispatch-open');
      const dialog = page.locator('#dispatch');
      // Others of this city may wait too, under the same name; the server says which crew goes where.
      const { assignments, crews } = await advice();
      const n = assignments.findIndex(each => each.whistle === whistle.id);
      const proposal = dialog.locator('section').nth(0).locator('li').nth(n);
      const other = crews.find(({ state, crew }) => state === 'free' && !assignments.some(each => each.crew === crew)).crew;
      await proposal.locator('select').selectOption(other);
      await proposal.getByRole('button', { name: 'Assign' }).click();
      await within(15_000, 'the crew that was chosen is assigned', async () => (await assigned()) === other);

      const mine = dialog.locator('[data-state=assigned]').filter({ has: page.getByRole('button', { name: 'Take back' }) });
      await mine.first().getByRole('button', { name: 'Take back' }).click();
      await within(15_000, 'and taken back', async () => (await assigned()) === undefined);

      const name = bureau.department.crews.find(({ code }) => code === other).name.en;
      const crew = dialog.locator('section').nth(2).locator('li').filter({ hasText: new RegExp(`^${name}\\D`) });
      await crew.getByRole('button', { name: 'Off duty' }).click();
      await within(15_000, 'off duty', async () => (await advice()).crews.find(each => each.crew === other).state === 'off-duty');
      await crew.getByRole('button', { name: 'On duty' }).click();
      await within(15_000, 'on duty', async () => (await advice()).crews.find(each => each.crew === other).state === 'free');

      await dialog.getByRole('button', { name: 'Assign by itself' }).click();
      await within(15_000, 'the rule assigns', async () => (await assigned()) !== undefined);
      await within(15_000, 'and the page says that it does', async () => (await dialog.locator('.chip').getAttribute('aria-pressed')) === 'true');
      await dialog.getByRole('button', { name: 'Assign by itself' }).click();
      await within(15_000, 'people assign again', async () => !(await advice()).automatic);
      await page.keyboard.press('Escape');
      assert.equal(await dialog.isVisible(), false);
    });
    await bureau.withdraw(whistle);
  });

  it('sends a crew though the list is drawn anew under the finger', async () => {
    await bureau.calm();
    const whistle = await bureau.blow();
    const crews = async () => (await bureau.desk.send('GET', `/api/v1/departments/${bureau.code}/allocation`)).crews;
    await at({ language: 'en', viewport: { width: 1366, height: 768 } }, async page => {
      await page.click('#dispatch-open');
      const assign = page.locator(`#dispatch [data-whistle="${whistle.id}"]`).getByRole('button', { name: 'Assign' });
      await assign.waitFor();
      await pressWhileDrawn(page, assign, '**/allocation', advice => ({ ...advice, crews: advice.crews.slice(0, -1) }));
      await within(15_000, 'assigned', async () => (await crews()).some(each => each.whistle === whistle.id && each.state === 'assigned'));
    });
    await bureau.withdraw(whistle);
  });

  it('sends one crew to whistles near each other as one trip', async () => {
    await bureau.calm();
    const [first, ...others] = bureau.department.crews.map(({ code }) => code);
    const order = (crew, name, body) => bureau.desk.send('POST', `/api/v1/departments/${bureau.code}/crews/${crew}/${name}`, body);
    const duty = onDuty => Promise.all(others.map(crew => order(crew, 'duty', { onDuty, until: new Date(Date.now() + 3_600_000).toISOString() })));
    await duty(false);
    const whistles = [await bureau.blow({ at: 3 }), await bureau.blow({ at: 3 })];
    const standing = async () => (await bureau.desk.send('GET', `/api/v1/departments/${bureau.code}/allocation`)).crews.find(({ crew }) => crew === first);
    try {
      await at({ language: 'en', viewport: { width: 1366, height: 768 } }, async page => {
        await page.click('#dispatch-open');
        const dialog = page.locator('#dispatch');
        await dialog.locator('.dispatch-trip').waitFor();
        if (process.env.WHISTLE_SHOTS) await page.screenshot({ path: `${process.env.WHISTLE_SHOTS}/console-trip.png` });
        await dialog.getByRole('button', { name: 'Assign all as one trip' }).click();
        await within(15_000, 'one crew for both, in order', async () => {
          const { whistle, then = [] } = await standing();
          return [whistle, ...then].sort().join() === whistles.map(({ id }) => id).sort().join();
        });
        await within(15_000, 'and the page says so', async () => / → /.test(await dialog.locator('[data-state=assigned] .dispatch-where').textContent()));
        await dialog.getByRole('button', { name: 'Take back' }).click();
        await within(15_000, 'and all of it is taken back', async () => (await standing()).whistle === undefined);
      });
    } finally {
      await duty(true);
      for (const whistle of whistles) await bureau.withdraw(whistle);
    }
  });

  it('announces to those who do not see it what has come', async () => {
    await at({ language: 'en' }, async page => {
      await page.waitForTimeout(4_500);
      await bureau.blow();
      await within(15_000, 'it is said', async () => /to sign.*: /.test(await page.textContent('#announce')));
      assert.equal(await page.getAttribute('#announce', 'aria-live'), 'assertive');
    });
  });

  it('shows a whistle that others work on: who is there and who is not', async () => {
    const whistle = await bureau.blow();
    const other = whistle.summonses.find(({ department }) => department !== bureau.code).department;
    await at({ language: 'en' }, async page => {
      await openAt(page, whistle);
      await page.waitForSelector(`.others [data-department="${other}"]:has-text("not there")`);
      const them = await new Api(realServer).signIn(other, 'dispatcher');
      await them.send('POST', `/api/v1/whistles/${whistle.id}/summonses/${other}/check-in`, { witness: { name: '赵敏', organisation: whistle.subdistrict }, headcount: 3 });
      await page.waitForSelector(`.others [data-department="${other}"]:has-text("there since")`);
      assert.match(await page.textContent(`.others [data-department="${other}"]`), /3 people/);
    });
  });

  it('takes a whistle away that was taken back, and says so to whoever was reading it', async () => {
    const whistle = await bureau.blow();
    await at({ language: 'en' }, async page => {
      await openAt(page, whistle);
      await bureau.withdraw(whistle);
      await page.waitForSelector('#detail:has-text("has ended")');
      assert.equal(await row(page, whistle).count(), 0);
      assert.ok((await consoleShows(page)).rows.every(({ id }) => id !== whistle.id));
    });
  });
});

// What screens go through: a wall and a department console, side by side in a real browser, on the real server, behind a line that can be cut. After each trouble every
// whistle and every number on them is set against what the server says over HTTP. Run with WHISTLE_URL and WHISTLE_RESTART, see harness.mjs.
import assert from 'node:assert/strict';
import { exec } from 'node:child_process';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { Bureau, launchSleeper, Line, openConsole, openWall, realServer, within } from './harness.mjs';
import { consoleFaults, consoleShows, secondsOf, wallFaults } from './picture.mjs';

const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
const restart = process.env.WHISTLE_RESTART;

describe('a wall and a console stay right', { skip: realServer === undefined ? 'only on a real server' : false }, () => {
  let laptop;
  let browser;
  let bureau;
  let line;
  let wall;
  let desk;

  before(async () => {
    laptop = await launchSleeper();
    browser = laptop.browser;
    bureau = await Bureau.of(realServer, '110102', 'urban-enforcement');
    for (let i = 0; i < 3; i++) await life(await bureau.blow({ level: ['emergency', 'campaign', 'daily'][i] }), i);
  });

  after(async () => {
    await laptop?.close();
    await bureau?.calm();
  });

  beforeEach(async () => {
    line = await Line.to(realServer);
  });

  afterEach(async () => {
    for (const page of [wall, desk]) {
      assert.deepEqual(unexpected(page), []);
      await page.context().close();
    }
    line.close();
  });

  async function open(prepare) {
    [wall, desk] = await Promise.all([openWall(browser, line.url, { prepare }), openConsole(browser, line.url, bureau.code, { prepare })]);
    await right(20_000);
  }

  /** Both are right within so many milliseconds. @returns How long it took. */
  async function right(patience) {
    const [wallTook, deskTook] = await Promise.all([
      within(patience, 'the wall is right', async () => first(await wallFaults(wall, bureau))),
      within(patience, 'the console is right', async () => first(await consoleFaults(desk, bureau))),
    ]);
    return { wall: Math.round(wallTook), desk: Math.round(deskTook) };
  }

  const first = faults => faults.length === 0 || faults.slice(0, 4);

  /** Something of everything: new ones, signed ones, one on the way, one that is taken back. */
  async function happenings() {
    const [a, b, c, d] = [await bureau.blow(), await bureau.blow({ level: 'daily' }), await bureau.blow({ level: 'campaign' }), await bureau.blow({ role: 'notified' })];
    await life(b, 1);
    await life(c, 2);
    const { open } = await bureau.truth();
    const before = [...open.values()].find(({ whistle, summons }) => ![a, b, c, d].some(({ id }) => id === whistle.id) && summons.role === 'lead');
    if (before !== undefined) await bureau.withdraw(before.whistle);
  }

  async function life(whistle, steps) {
    if (steps >= 1) await bureau.order(whistle, 'sign');
    if (steps >= 2) await bureau.order(whistle, 'depart', { crew: bureau.department.crews[0].code });
  }

  const stale = patience => Promise.all([wall, desk].map(page => page.waitForSelector('body[data-freshness=stale] #banner:not([hidden])', { timeout: patience })));

  it('when the server is killed and started again', { skip: restart === undefined ? 'no WHISTLE_RESTART' : false }, async () => {
    await open();
    await Promise.all([wall, desk].map(page => page.evaluate(() => (window.samePage = true))));
    await promisify(exec)(restart);
    await happenings();
    const took = await right(25_000);
    console.log(`# right again after the restart: wall ${took.wall} ms, console ${took.desk} ms`);
    for (const page of [wall, desk]) assert.equal(await page.evaluate(() => window.samePage), true, 'without loading the page again');
  });

  it('when the network is gone for a second', async () => {
    await open();
    line.cut({ dead: false });
    await Promise.all([happenings(), sleep(1_000)]);
    line.mend();
    const took = await right(10_000);
    console.log(`# right again after a second without a network: wall ${took.wall} ms, console ${took.desk} ms`);
    for (const page of [wall, desk]) assert.equal(await page.isVisible('#banner'), false, 'a blink is no news');
  });

  it('when the network is gone for half a minute, and what was connected stays deaf', async () => {
    await open();
    const cutAt = Date.now();
    line.cut();
    await happenings();
    await stale(20_000);
    await sleep(cutAt + 15_000 - Date.now());
    const { rows } = await consoleShows(desk);
    await sleep(cutAt + 30_000 - Date.now());
    assert.match(await desk.textContent('#banner'), /不是现状/);
    assert.match(await wall.textContent('#banner'), /不是现状/);
    assert.deepEqual((await consoleShows(desk)).rows.map(({ digits }) => digits), rows.map(({ digits }) => digits), 'countdowns of an old picture stand still');
    line.mend();
    const took = await right(25_000);
    console.log(`# right again after 30 s without a network: wall ${took.wall} ms, console ${took.desk} ms`);
  });

  // The ten minutes are the pages': their clock (Date, performance, every timer) is driven through 600 s in steps, so that each attempt that they would make in that time is
  // made, on a line that is really cut. The server lives through these seconds at its own pace: its ten minutes' memory of what ended is not put to the test here; the
  // restart above makes it forget everything.
  it('when the network is gone for ten minutes', async () => {
    await open(page => page.clock.install());
    line.cut();
    await happenings();
    for (let passed = 0; passed < 600; passed += 5) {
      await Promise.all([wall, desk].map(page => page.clock.runFor(5_000)));
      await sleep(10);
    }
    for (const page of [wall, desk]) {
      assert.equal(await page.getAttribute('body', 'data-freshness'), 'stale');
      assert.match(await page.textContent('#freshness-text'), /(9|10) 分钟/);
    }
    line.mend();
    const took = await right(25_000);
    console.log(`# right again after ten minutes without a network: wall ${took.wall} ms, console ${took.desk} ms`);
  });

  // A sleeping machine: every process of the browser stands still, the connections are dead when it wakes and nobody has told it. The standing still is real and takes six
  // seconds; that the time of day has gone on by two hours meanwhile is set when it wakes, because nobody wants to wait for it.
  it('when the laptop slept', async () => {
    await open(page => page.addInitScript(shiftedClock));
    await Promise.all([wall, desk].map(page => page.evaluate(() => {
      window.slept = 0;
      let last = performance.now();
      setInterval(() => {
        const now = performance.now();
        window.slept = Math.max(window.slept, now - last);
        if (window.lid === 'closed' && now - last > 3_000) window.shift = 2 * 3_600_000;
        last = now;
      }, 50);
    })));
    await Promise.all([wall, desk].map(page => page.evaluate(() => (window.lid = 'closed'))));
    laptop.sleep();
    line.cut();
    await Promise.all([happenings(), sleep(6_000)]);
    line.mend();
    laptop.wake();
    // Sooner than the silence would tell, which takes twelve seconds.
    const took = await right(10_000);
    console.log(`# right again after sleep: wall ${took.wall} ms, console ${took.desk} ms`);
    for (const page of [wall, desk]) assert.ok((await page.evaluate(() => window.slept)) > 5_000, 'it did sleep');
  });

  for (const [name, shift] of [['an hour fast', 3_600_000], ['an hour slow', -3_600_000]])
    it(`when the machine's clock is set, ${name}`, async () => {
      await open(page => page.addInitScript(shiftedClock));
      await desk.evaluate(by => (window.shift = by), shift);
      await wall.evaluate(by => (window.shift = by), shift);
      // Not for a moment may a remaining time jump with the machine's clock.
      for (let i = 0; i < 20; i++) {
        const { open: truth } = await bureau.truth();
        const { rows } = await consoleShows(desk);
        const now = Date.now();
        for (const row of rows.filter(({ days, digits }) => days === '' && digits !== '')) {
          const due = Math.min(...truth.get(row.id).summons.clocks.running.map(clock => Date.parse(clock.due)));
          assert.ok(Math.abs(secondsOf(row) - (due - now) / 1000) < 2.5, `${row.digits} of ${(due - now) / 1000} s`);
        }
        await sleep(100);
      }
      await happenings();
      await right(10_000);
      for (const page of [wall, desk]) {
        assert.match(await page.textContent('#freshness-text'), /实时 · \d(\.\d)? 秒/, 'the age of the picture');
        const [h, m, s] = (await page.textContent('#clock-time')).split(':').map(Number);
        const shown = 3600 * h + 60 * m + s;
        const is = (Math.floor(Date.now() / 1000) + 8 * 3600) % 86_400;
        assert.ok([0, 86_400].includes(Math.abs(shown - is)) || Math.abs(shown - is) <= 2, `the clock shows ${h}:${m}:${s}`);
      }
    });

  it('when one department is whistled 500 times in a minute', async () => {
    await open(page =>
      page.addInitScript(() => {
        window.rings = [];
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (when) {
          window.rings.push(performance.now());
          return start.call(this, when);
        };
      }),
    );
    // A touch, so that the browser lets the console ring.
    await desk.click('#calls-title');
    const began = performance.now();
    let blown = 0;
    while (blown < 500) {
      await Promise.all(Array.from({ length: 5 }, () => bureau.blow({ level: blown % 10 === 0 ? 'emergency' : 'daily', description: `第 ${blown++} 件` })));
      await sleep(Math.max(0, began + blown * 60 - performance.now()));
    }
    const minute = performance.now() - began;
    const took = await right(10_000);
    console.log(`# ${blown} whistles in ${Math.round(minute / 1000)} s; right after the last answer: wall ${took.wall} ms, console ${took.desk} ms`);
    assert.ok(minute < 60_000, `${minute} ms`);
    const { rows, unsigned } = await consoleShows(desk);
    assert.ok(unsigned >= 500 && rows.length >= 500);
    // Every summons is there to be signed; the bell does not rattle: at most once in four seconds, three double notes each.
    const rings = await desk.evaluate(() => window.rings.length);
    console.log(`# ${rings} notes rung`);
    assert.ok(rings > 0 && rings <= 6 * (minute / 4_000 + 4), `${rings} notes`);
    assert.ok(await desk.evaluate(() => document.querySelectorAll('#calls .duty-act:not([hidden])').length) >= 500);
  });
});

/** What went wrong on a page, apart from requests that could not go through a line that was cut or to a server that was gone. */
function unexpected(page) {
  return page.faults.filter(fault => !/Failed to load resource|WebSocket connection|net::ERR_/.test(fault));
}

/** The time of day as somebody has set it; the steady clock goes on as it is. */
function shiftedClock() {
  window.shift = 0;
  const now = Date.now;
  Date.now = () => now() + window.shift;
  window.Date = new Proxy(Date, { construct: (target, given) => (given.length === 0 ? new target(target.now()) : new target(...given)) });
}

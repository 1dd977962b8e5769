// What the browser tests stand on: a browser, and a server to look at.
//
//   WHISTLE_URL      test against this running server; without it, against the mock, which is started here
//   WHISTLE_RESTART  a shell command that kills and restarts that server; without it, tests of a restart are skipped there
//   CHROMIUM         the browser, /usr/bin/chromium by default
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const web = new URL('../../src/web/', import.meta.url);
const { chromium } = createRequire(new URL('package.json', web))('playwright-core');

export const realServer = process.env.WHISTLE_URL;

const browserOptions = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // The map needs WebGL; without a graphics card SwiftShader draws it.
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};

export function launchBrowser() {
  return chromium.launch(browserOptions);
}

/** A browser that can be put to sleep: all of its processes stand still, as on a laptop that is closed. */
export async function launchSleeper() {
  const server = await chromium.launchServer(browserOptions);
  const browser = await chromium.connect(server.wsEndpoint());
  // Its processes are a group of their own.
  const signal = name => process.kill(-server.process().pid, name);
  return { browser, sleep: () => signal('SIGSTOP'), wake: () => signal('SIGCONT'), close: () => server.close() };
}

/** The mock of src/web/dev on a port of its own. */
export class Mock {
  #process;

  static async start(...options) {
    const mock = new Mock();
    mock.options = options;
    mock.port = await freePort();
    mock.url = `http://127.0.0.1:${mock.port}`;
    await mock.run();
    return mock;
  }

  async run() {
    this.#process = spawn(process.execPath, [fileURLToPath(new URL('dev/mock.mjs', web)), '--port', String(this.port), ...this.options], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(this.#process.stdout, 'data');
  }

  async kill() {
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }

  trouble(what) {
    return fetch(`${this.url}/mock/${what}`, { method: 'POST' });
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Calls the API as somebody. */
export class Api {
  constructor(url) {
    this.url = url;
  }

  async signIn(organisation, role, person = 'wall.test') {
    const answer = await this.send('POST', '/api/v1/sign-in', { person, name: '大屏测试', organisation, role });
    this.token = answer.token;
    return this;
  }

  async send(method, path, body) {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  }

  /** Everything of a list that comes in pages. */
  async whistles(board) {
    const all = [];
    for (let cursor = ''; ; ) {
      const page = await this.send('GET', `/api/v1/whistles?board=${board}&limit=200${cursor}`);
      all.push(...page.whistles);
      if (page.next === undefined) return all;
      cursor = `&cursor=${page.next}`;
    }
  }

  /** Blows an emergency whistle somewhere. */
  async blow(details = {}) {
    await this.signIn('city', 'observer');
    const [grids, matters] = await Promise.all([this.send('GET', '/api/v1/city/grids.geojson'), this.send('GET', '/api/v1/city/matters')]);
    const { code, subdistrict } = grids.features[Math.floor(Math.random() * grids.features.length)].properties;
    await this.signIn(subdistrict, 'subdistrict-officer');
    return this.send('POST', `/api/v1/grids/${code}/whistles`, {
      matter: matters[Math.floor(Math.random() * matters.length)].code,
      occasion: 'emergency',
      level: 'emergency',
      chain: 'enforcement',
      description: '<img src=x onerror=alert(1)> 大屏测试',
      ...details,
    });
  }
}

/** A subdistrict's desk that summons one department, and that department's people, as they would at other desks. */
export class Bureau {
  #api;
  #n = 0;

  /** @param district Code of the district whose department it is. */
  static async of(url, district, bureau) {
    const made = new Bureau();
    made.#api = await new Api(url).signIn('city', 'observer');
    const [grids, matters, departments] = await Promise.all(['/api/v1/city/grids.geojson', '/api/v1/city/matters', '/api/v1/departments'].map(path => made.#api.send('GET', path)));
    made.grids = grids.features.filter(grid => grid.properties.district === district).map(grid => ({ ...grid.properties, geometry: grid.geometry }));
    made.matters = matters;
    made.department = departments.find(department => department.code === `${district}-${bureau}`);
    made.code = made.department.code;
    made.desk = await new Api(url).signIn(made.code, 'dispatcher');
    made.subdistricts = new Map();
    for (const code of new Set(made.grids.map(({ subdistrict }) => subdistrict))) made.subdistricts.set(code, await new Api(url).signIn(code, 'subdistrict-officer'));
    return made;
  }

  /** Blows a whistle that summons the department, each time in another grid unless told where. */
  blow({ level = 'emergency', role = 'lead', description = '控制台测试', exercise = false, at } = {}) {
    const n = this.#n++;
    const grid = this.grids[(at ?? n) % this.grids.length];
    const others = [{ department: this.code.replace(/-.*/, '-sanitation'), role: role === 'lead' ? 'cooperating' : 'lead' }];
    return this.subdistricts.get(grid.subdistrict).send('POST', `/api/v1/grids/${grid.code}/whistles`, {
      matter: this.matters[n % this.matters.length].code,
      occasion: level === 'emergency' ? 'emergency' : 'joint-enforcement',
      level,
      chain: 'enforcement',
      description,
      summon: [{ department: this.code, role }, ...others],
      changedProposal: '测试',
      exercise,
    });
  }

  order(whistle, name, body = {}) {
    return this.desk.send('POST', `/api/v1/whistles/${whistle.id}/summonses/${this.code}/${name}`, body);
  }

  withdraw(whistle) {
    return this.subdistricts.get(whistle.subdistrict).send('POST', `/api/v1/whistles/${whistle.id}/withdraw`, { reason: '测试' });
  }

  /** Takes back whatever is still open, so that those who come after find a calm city. */
  async calm() {
    const open = await this.desk.whistles(`department:${this.code}`);
    while (open.length > 0) await Promise.all(open.splice(-20).map(whistle => this.withdraw(whistle)));
  }

  /** What the server says: the department's open summonses by whistle, and its load. */
  async truth() {
    const [whistles, load] = await Promise.all([this.desk.whistles(`department:${this.code}`), this.desk.send('GET', `/api/v1/departments/${this.code}/load`)]);
    const open = whistles
      .map(whistle => ({ whistle, summons: whistle.summonses.find(({ department }) => department === this.code) }))
      .filter(({ summons: { role, state, ledger } }) => (ledger !== undefined && ledger.endedAt === undefined) || (role === 'notified' ? state === 'summoned' : state !== 'settled' && state !== 'released'));
    return { open: new Map(open.map(entry => [entry.whistle.id, entry])), load };
  }

  allWhistles() {
    return this.#api.whistles('city');
  }
}

/** A line to the server that can be cut. Nothing but the loopback is between, so what a long way does is done here. */
export class Line {
  #pairs = new Set();
  #cut = false;

  static async to(url) {
    const line = new Line();
    const target = new URL(url);
    line.server = createServer({ pauseOnConnect: true }, near => {
      const pair = { near, far: undefined };
      line.#pairs.add(pair);
      near.on('error', () => near.destroy());
      near.on('close', () => {
        pair.far?.destroy();
        line.#pairs.delete(pair);
      });
      pair.join = () => {
        const far = connect(Number(target.port), target.hostname);
        pair.far = far;
        far.on('error', () => near.destroy());
        far.on('close', () => near.destroy());
        near.pipe(far).pipe(near);
      };
      if (!line.#cut) pair.join();
    }).listen(0, '127.0.0.1');
    await once(line.server, 'listening');
    line.url = `http://127.0.0.1:${line.server.address().port}`;
    return line;
  }

  /**
   * Nothing passes any more, and nobody is told. New connections are neither taken nor refused until the line is mended, as when their first packet is sent again and
   * again. Those that were there go on where they stood (`dead: false`: what was lost is sent again), or stay deaf for ever, as when something on the way has forgotten
   * them: then only the client itself can find that out.
   */
  cut({ dead = true } = {}) {
    this.#cut = true;
    for (const pair of this.#pairs) {
      if (pair.far === undefined) continue;
      pair.near.unpipe();
      pair.far.unpipe();
      pair.near.pause();
      pair.far.pause();
      if (!dead) continue;
      // The far end sees a client that has gone; the near end is told nothing.
      pair.far.removeAllListeners('close');
      pair.far.destroy();
      pair.near.removeAllListeners('data');
      pair.near.resume();
      pair.dead = true;
    }
  }

  mend() {
    this.#cut = false;
    for (const pair of this.#pairs) {
      if (pair.dead) continue;
      if (pair.far === undefined) pair.join();
      else pair.near.pipe(pair.far).pipe(pair.near);
    }
  }

  close() {
    for (const { near } of this.#pairs) near.destroy();
    this.server.close();
  }
}

export async function within(milliseconds, what, check) {
  const start = performance.now();
  let last;
  for (;;) {
    const found = await check().catch(error => error);
    if (found === true) return performance.now() - start;
    last = found;
    if (performance.now() - start > milliseconds) throw new assert.AssertionError({ message: `not within ${milliseconds} ms: ${what}${last === false || last === undefined ? '' : `: ${last instanceof Error ? last.message : JSON.stringify(last)}`}` });
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** Presses slowly: the button goes down, an answer comes that changes what is shown, the button goes up. @param change Makes of an answer one that is drawn anew. */
export async function pressWhileDrawn(page, button, url, change) {
  let release;
  let asked;
  const released = new Promise(resolve => (release = resolve));
  const asking = new Promise(resolve => (asked = resolve));
  await page.route(url, async route => {
    asked();
    await released;
    const response = await route.fetch();
    await route.fulfill({ response, json: change(await response.json()) });
  });
  await asking;
  await button.hover();
  await page.mouse.down();
  const answered = page.waitForResponse(url);
  release();
  await answered;
  await page.waitForTimeout(300);
  await page.mouse.up();
  await page.unrouteAll({ behavior: 'wait' });
}

/** Opens a department's console for somebody, and waits until it is live. */
export async function openConsole(browser, url, department, { language = 'zh', role = 'dispatcher', person = `p-${crypto.randomUUID().slice(0, 8)}`, prepare, live = true, ...context } = {}) {
  const page = await openPage(browser, url, context, prepare);
  await page.goto(`${url}/console/?${new URLSearchParams({ lang: language, department, role, person, name: '王建国' })}`);
  if (live) await page.waitForSelector('body[data-freshness=live]');
  return page;
}

/** Opens the wall, with the map for machines without a graphics card unless told otherwise, and waits until it is live. What goes wrong on the page is gathered in `faults`. */
export async function openWall(browser, url, { language = 'zh', map = 'plain', prepare, live = true, ...context } = {}) {
  const page = await openPage(browser, url, context, prepare);
  await page.goto(`${url}/wall/?lang=${language}&map=${map}`);
  if (live) await page.waitForSelector('body[data-freshness=live]');
  return page;
}

/** Opens the planner's page as somebody of a command centre, and waits until a scenario is shown. */
export async function openPlanner(browser, url, { language = 'zh', place = '110101', scenario = 'dongcheng-week', prepare, ...context } = {}) {
  const page = await openPage(browser, url, context, prepare);
  await page.goto(`${url}/planner/?${new URLSearchParams({ lang: language, place, name: '王规划', scenario })}`);
  await page.waitForSelector('.crew');
  return page;
}

/** Opens the page of a command centre, and waits until it is live. */
export async function openCommand(browser, url, { language = 'zh', place = '110101', prepare, live = true, ...context } = {}) {
  const page = await openPage(browser, url, context, prepare);
  await page.goto(`${url}/command/?${new URLSearchParams({ lang: language, place, name: '李指挥' })}`);
  if (live) await page.waitForSelector('body[data-freshness=live] .department, body[data-freshness=live] #departments-none:not([hidden])');
  return page;
}

async function openPage(browser, url, context, prepare) {
  const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 }, ...context })).newPage();
  page.faults = [];
  page.on('pageerror', error => page.faults.push(error.stack));
  page.on('console', message => {
    if (message.type() === 'error') page.faults.push(message.text());
  });
  page.on('request', request => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) page.faults.push(`asked elsewhere: ${request.url()}`);
  });
  await prepare?.(page);
  return page;
}

export const openCount = page => page.textContent('[data-tile=open] .tile-value').then(text => Number(text.replaceAll(',', '')));

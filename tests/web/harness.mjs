// What the browser tests stand on: a browser, and a server to look at.
//
//   WHISTLE_URL      test against this running server; without it, against the mock, which is started here
//   WHISTLE_RESTART  a shell command that kills and restarts that server; without it, tests of a restart are skipped there
//   CHROMIUM         the browser, /usr/bin/chromium by default
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const web = new URL('../../src/web/', import.meta.url);
const { chromium } = createRequire(new URL('package.json', web))('playwright-core');

export const realServer = process.env.WHISTLE_URL;

export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // The map needs WebGL; without a graphics card SwiftShader draws it.
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
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

  async signIn(organisation, role) {
    const answer = await this.send('POST', '/api/v1/sign-in', { person: 'wall.test', name: '大屏测试', organisation, role });
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
    return response.json();
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

/** Opens the wall, with the map for machines without a graphics card unless told otherwise, and waits until it is live. What goes wrong on the page is gathered in `faults`. */
export async function openWall(browser, url, { language = 'zh', map = 'plain', prepare, live = true, ...context } = {}) {
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
  await page.goto(`${url}/wall/?lang=${language}&map=${map}`);
  if (live) await page.waitForSelector('body[data-freshness=live]');
  return page;
}

export const openCount = page => page.textContent('[data-tile=open] .tile-value').then(text => Number(text.replaceAll(',', '')));

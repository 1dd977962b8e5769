// Pictures of a running wall, for looking at: node dev/screenshot.mjs BASE OUT.png [--size 1920x1080] [--lang zh] [--map webgl] [--wait 4000] [--before PATH]
// --before posts to PATH of the mock (such as /mock/freeze) when the wall is up, and waits again.
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const browserOptions = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // The map needs WebGL; without a graphics card SwiftShader draws it.
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string', default: '1920x1080' },
    lang: { type: 'string', default: 'zh' },
    wait: { type: 'string', default: '4000' },
    before: { type: 'string' },
    path: { type: 'string', default: '/wall/' },
    map: { type: 'string', default: 'webgl' },
    full: { type: 'boolean', default: false },
  },
});
const [base, out] = positionals;
const [width, height] = values.size.split('x').map(Number);
const browser = await chromium.launch(browserOptions);
try {
  const page = await browser.newPage({ viewport: { width, height } });
  page.on('console', message => console.log(`[${message.type()}] ${message.text()}`));
  page.on('pageerror', error => console.log(`[error] ${error.stack}`));
  await page.goto(`${base}${values.path}${values.path.includes('?') ? '&' : '?'}lang=${values.lang}&map=${values.map}`);
  await page.waitForTimeout(Number(values.wait));
  if (values.before !== undefined) {
    await fetch(base + values.before, { method: 'POST' });
    await page.waitForTimeout(Number(values.wait));
  }
  await page.screenshot({ path: out, fullPage: values.full });
} finally {
  await browser.close();
}

// Shows what waits while no console is open. It runs without the page, so it is a file of its own, and knows the reader's language by its address.

/** What the server sends: counts, and no incident, because a telephone lies about. */
interface Notice {
  department: string;
  emergency: boolean;
  zh: string;
  en: string;
}

declare const self: ServiceWorkerGlobalScope;

const zh = new URLSearchParams(self.location.search).get('lang') !== 'en';

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

self.addEventListener('push', event => {
  const notice = event.data?.json() as Notice | undefined;
  if (notice === undefined) return;
  // One a department: a newer one takes the place of the one before.
  const options: NotificationOptions & { renotify: boolean } = {
    body: zh ? notice.zh : notice.en,
    tag: notice.department,
    renotify: true,
    requireInteraction: notice.emergency,
    icon: '/whistle.svg',
    lang: zh ? 'zh-CN' : 'en',
    data: notice.department,
  };
  event.waitUntil(self.registration.showNotification(zh ? '街乡吹哨 部门报到' : 'Subdistricts whistle, departments check in', options));
});

self.addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(showConsole());
});

async function showConsole(): Promise<void> {
  const [open] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (open !== undefined && new URL(open.url).pathname.startsWith('/console/')) await open.focus();
  else await self.clients.openWindow('/console/');
}

export {};

// Shows what the server pushes, and leads to where it belongs. It keeps nothing and answers no request of a page.

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => {
  const { id, title, body, link } = event.data.json();
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      // A repeat under the same id takes the place of the first, without ringing again.
      tag: id,
      icon: '/apple-touch-icon.png',
      data: { link: link ?? '/dashboard' },
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const target = new URL(event.notification.data.link, self.location.origin);
  // Only ever a page of this origin, whatever was pushed.
  const address = target.origin === self.location.origin ? target.href : self.location.origin;
  event.waitUntil(lead(address));
});

async function lead(address) {
  const pages = await self.clients.matchAll({ type: 'window' });
  const [page] = pages;
  if (page === undefined) return self.clients.openWindow(address);
  await page.focus();
  return page.navigate(address);
}

import { ApiError } from '../../api/ApiError';
import { api, unwrap } from '../../api/client';

/** The worker that shows what is pushed; its address is fixed, so that it goes on after an update. */
const worker = '/push-worker.js';
/** Who subscribed this browser, and as which of his browsers. */
const place = 'tidemark.push';

export type PushState = 'unsupported' | 'insecure' | 'denied' | 'possible';

/** Whether this browser can be told in the background, as far as it says. */
export function readPushState(): PushState {
  if (!isSecureContext) return 'insecure';
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window))
    return 'unsupported';
  return Notification.permission === 'denied' ? 'denied' : 'possible';
}

/** Asks the person, then the browser, and tells the server; false when the person said no. */
export async function subscribe(user: number): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  await navigator.serviceWorker.register(worker);
  const registration = await navigator.serviceWorker.ready;
  const { publicKey } = await unwrap(api.GET('/api/v1/notifications/push/key'));
  const known = await registration.pushManager.getSubscription();
  // One for another key hears nothing any more.
  if (known && keyOf(known) !== publicKey) await known.unsubscribe();
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  await tell(user, subscription);
  return true;
}

/** Ends it in the browser itself as well, where this is the one. */
export async function unsubscribe(): Promise<void> {
  localStorage.removeItem(place);
  const registration = await navigator.serviceWorker?.getRegistration(worker);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/** Whoever signs out here is told nothing here any more: the next person at this browser is another. */
export async function leave(): Promise<void> {
  const id = Number((localStorage.getItem(place) ?? '').split(':')[1]);
  if (!id) return;
  try {
    await unwrap(api.DELETE('/api/v1/notifications/push/subscriptions/{id}', { params: { path: { id } } }));
  } catch (error) {
    // Ended in the browser below, it is gone for the server as well with the next push.
    if (!(error instanceof ApiError)) throw error;
  } finally {
    await unsubscribe();
  }
}

/** Which of the person's browsers this one is; null when he did not subscribe it. */
export function ownBrowser(user: number): number | null {
  const [who, id] = (localStorage.getItem(place) ?? '').split(':');
  return who === String(user) ? Number(id) : null;
}

/** Tells the server the subscription again: browsers change theirs now and then, and the server lets the oldest go. */
export async function renew(user: number): Promise<void> {
  if (ownBrowser(user) === null || readPushState() !== 'possible') return;
  const registration = await navigator.serviceWorker.getRegistration(worker);
  const subscription = await registration?.pushManager.getSubscription();
  if (subscription) await tell(user, subscription);
}

async function tell(user: number, subscription: PushSubscription): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  const body = {
    endpoint: endpoint ?? subscription.endpoint,
    keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' },
  };
  const browser = await unwrap(api.POST('/api/v1/notifications/push/subscriptions', { body }));
  localStorage.setItem(place, `${user}:${browser.id}`);
}

function keyOf(subscription: PushSubscription): string | null {
  const bytes = subscription.options.applicationServerKey;
  if (bytes === null) return null;
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

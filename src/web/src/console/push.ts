import type { Session } from '../api/session';
import type { Translator } from '../i18n';
import { byId, setData, setHidden, setText } from '../screen/dom';

/** Notices to this browser while no console is open, for whoever wants them. */
export class Push {
  readonly #session: Session;
  readonly #path: string;
  readonly #translator: Translator;
  readonly #button = byId('push');
  #busy = false;

  constructor(session: Session, department: string, translator: Translator) {
    this.#session = session;
    this.#path = `/api/v1/departments/${department}/push-subscriptions`;
    this.#translator = translator;
    // Browsers offer it on https and on the machine itself only.
    if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return;
    setHidden(this.#button, false);
    this.#button.addEventListener('click', () => void this.#turn());
    void this.#begun().catch(() => this.#show('failed'));
  }

  // The server forgets a browser that its push service gave up, or that was subscribed before access was withdrawn; whoever switched it on still wants to be told.
  async #begun(): Promise<void> {
    const held = await this.#subscription();
    if (held !== undefined) {
      const { subscriptions } = await this.#session.get<{ subscriptions: { endpoint: string }[] }>(this.#path);
      if (!subscriptions.some(({ endpoint }) => endpoint === held.endpoint)) await this.#tell(held);
    }
    await this.#draw();
  }

  async #turn(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const held = await this.#subscription();
      if (held === undefined) await this.#begin();
      else await this.#end(held);
      await this.#draw();
    } catch {
      this.#show('failed');
    } finally {
      this.#busy = false;
    }
  }

  async #begin(): Promise<void> {
    if ((await Notification.requestPermission()) !== 'granted') return;
    const { key } = await this.#session.get<{ key: string }>('/api/v1/push-key');
    await navigator.serviceWorker.register(`/console/push-worker.js?lang=${this.#translator.language}`, { scope: '/console/' });
    const registration = await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    try {
      await this.#tell(subscription);
    } catch (error) {
      // A subscription that the server does not know would look as if notices came.
      await subscription.unsubscribe();
      throw error;
    }
  }

  async #tell(subscription: PushSubscription): Promise<void> {
    const { endpoint, keys } = subscription.toJSON();
    await this.#session.post(this.#path, { endpoint, keys }, crypto.randomUUID());
  }

  async #end(subscription: PushSubscription): Promise<void> {
    await this.#session.delete(`${this.#path}?endpoint=${encodeURIComponent(subscription.endpoint)}`);
    await subscription.unsubscribe();
  }

  async #subscription(): Promise<PushSubscription | undefined> {
    const registration = await navigator.serviceWorker.getRegistration('/console/');
    return (await registration?.pushManager.getSubscription()) ?? undefined;
  }

  async #draw(): Promise<void> {
    this.#show(Notification.permission === 'denied' ? 'denied' : (await this.#subscription()) === undefined ? 'off' : 'on');
  }

  #show(state: 'on' | 'off' | 'denied' | 'failed'): void {
    setData(this.#button, 'state', state);
    setText(this.#button, this.#translator.say(`push.${state}`));
    this.#button.setAttribute('aria-pressed', String(state === 'on'));
  }
}

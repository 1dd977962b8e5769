import type { Translator } from '../i18n';
import { byId, setData, setHidden, setText } from '../screen/dom';
import { Ringing, type Ring, type Ringer } from './ringing';

const muted = 'whistle-actors.muted';

/** Rings for what calls, and says plainly when it cannot: a browser allows sound only after somebody touched the page. */
export class Bell {
  readonly #translator: Translator;
  readonly #ringing = new Ringing();
  readonly #audio: AudioContext | undefined;
  #muted = false;

  constructor(translator: Translator) {
    this.#translator = translator;
    try {
      this.#audio = new AudioContext();
      this.#muted = localStorage.getItem(muted) === 'yes';
    } catch {
      // No sound here, or nothing can be remembered; the page says which by its button.
    }
    const wake = () => void this.#audio?.resume().then(() => this.#draw());
    // When it is over, not when it begins: the hint that then goes must not move what is being pressed.
    for (const event of ['click', 'keyup'] as const) addEventListener(event, wake, { capture: true });
    this.#audio?.addEventListener('statechange', () => this.#draw());
    byId('sound').addEventListener('click', () => this.#mute(!this.#muted));
    byId('sound-allow').addEventListener('click', () => {
      this.#mute(false);
      wake();
    });
    this.#draw();
  }

  /** @returns Whether it rang, or would have if it were allowed to. */
  tick(ringers: readonly Ringer[]): boolean {
    const ring = this.#ringing.next(ringers, performance.now());
    if (ring === undefined) return false;
    if (!this.#muted) this.#sound(ring);
    return true;
  }

  #mute(silent: boolean): void {
    this.#muted = silent;
    try {
      localStorage.setItem(muted, silent ? 'yes' : 'no');
    } catch {
      // Then it counts until the page is closed.
    }
    this.#draw();
  }

  #draw(): void {
    const state = this.#muted ? 'muted' : this.#audio?.state === 'running' ? 'on' : 'blocked';
    const button = byId('sound');
    setData(button, 'state', state);
    setText(button, this.#translator.say(`sound.${state}`));
    button.setAttribute('aria-pressed', String(state === 'on'));
    setHidden(byId('sound-hint'), state === 'on');
    setText(byId('sound-hint-text'), this.#translator.say(state === 'muted' ? 'sound.mutedHint' : 'sound.hint'));
    setText(byId('sound-allow'), this.#translator.say(state === 'muted' ? 'sound.unmute' : 'sound.allow'));
  }

  /** Two rising notes; three times, and higher, for an emergency. */
  #sound(ring: Ring): void {
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(ring === 'urgent' ? [200, 80, 200, 80, 200] : [200]);
    const audio = this.#audio;
    if (audio?.state !== 'running') return;
    const times = ring === 'urgent' ? 3 : 1;
    const [low, high] = ring === 'urgent' ? [880, 1318.5] : [587.3, 784];
    for (let i = 0; i < times; i++) {
      note(audio, low, 0.45 * i, 0.16);
      note(audio, high, 0.45 * i + 0.16, 0.24);
    }
  }
}

function note(audio: AudioContext, frequency: number, after: number, length: number): void {
  const oscillator = new OscillatorNode(audio, { type: 'triangle', frequency });
  const gain = new GainNode(audio, { gain: 0 });
  const from = audio.currentTime + 0.02 + after;
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(0.35, from + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, from + length);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(from);
  oscillator.stop(from + length);
}

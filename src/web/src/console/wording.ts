import type { Translator } from '../i18n';
import { countdown, type Deadline, type Urgency } from '../screen/deadline';
import type { ClockState, Obligation } from './obligations';
import type { Sent } from './outbox';
import { Refused } from '../api/session';
import { refusalText } from '../screen/refusal';

/** What a countdown shows: digits, what they count to, and how bad it is, in words too. */
export interface Counted {
  days: string;
  digits: string;
  owed: string;
  urgency: Urgency;
}

export function countedTo(next: Deadline, state: ClockState, now: number, translator: Translator): Counted {
  const { days, text } = countdown(next, now);
  const over = next.at <= now;
  const clock = translator.say(`clock.${next.clock}`);
  const left = translator.say('clock.left', { clock });
  return {
    days: days > 0 ? translator.say('daysShort', { d: days }) : '',
    digits: (over ? '+' : '') + text,
    owed: over ? translator.say('clock.over', { clock }) : state === 'near' ? `${translator.say('clocks.near')} · ${left}` : left,
    urgency: state === 'overdue' ? 'over' : state === 'near' ? 'near' : 'calm',
  };
}

/** Where no clock runs: why. */
export function stillness({ summons }: Obligation, translator: Translator): string {
  if (summons.clocks?.suspendedUntil !== undefined) return translator.say('clock.suspended', { day: summons.clocks.suspendedUntil });
  if (summons.ledger !== undefined && summons.ledger.endedAt === undefined)
    return translator.say(summons.ledger.completed === undefined ? 'ledger.due' : 'ledger.completed', { day: summons.ledger.dueOn });
  if (summons.state === 'reported') return translator.say('clock.waiting');
  return translator.say('clock.none');
}

/** What became of an order, in the reader's words. Never says stored before the server did. */
export function progressText({ progress }: Sent, time: Intl.DateTimeFormat, translator: Translator): string {
  switch (progress.state) {
    case 'sending':
      return progress.attempt < 2 ? translator.say('outbox.sending') : translator.say('outbox.sendingAgain', { n: progress.attempt });
    case 'waiting': {
      const why = translator.say(progress.why instanceof Refused ? 'outbox.why.server' : 'outbox.why.network');
      const seconds = Math.max(0, Math.ceil((progress.until - performance.now()) / 1000));
      return `${translator.say('outbox.waiting', { n: seconds })} (${why})`;
    }
    case 'stored':
      return translator.say('outbox.stored', { time: time.format(progress.at) });
    case 'refused':
      return `${translator.say('outbox.refused')}: ${refusalText(progress.why, translator)}`;
    case 'expired':
      return translator.say('outbox.expired');
  }
}

import type { Presses } from './presses';

/** Frames may come twenty times a second in a storm; nobody reads faster than this. */
const every = 100;
const everyUnseen = 1000;

/** Asks for `draw` to be called soon: once for all that asked meanwhile, and not under somebody's finger. */
export function drawingSoon(draw: () => void, presses: Presses): () => void {
  let asked = false;
  const drawn = () => {
    asked = false;
    draw();
  };
  return () => {
    if (asked) return;
    asked = true;
    setTimeout(() => presses.whenOver(drawn), document.hidden ? everyUnseen : every);
  };
}

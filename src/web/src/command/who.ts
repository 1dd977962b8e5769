import type { Who } from '../api/session';
import type { PlaceSignIn } from '../screen/placeSignIn';

export const signIn: PlaceSignIn = {
  page: 'command',
  cityRole: 'observer',
  title: 'command.signIn',
  place: 'command.place',
  city: 'command.city',
  hint: 'command.signInHint',
};

/** The whole city looks on; what is ordered of a district's departments its own command centre orders. */
export const commands = (who: Who) => who.role === 'commander';

import type { PlaceSignIn } from '../screen/placeSignIn';

export const signIn: PlaceSignIn = {
  page: 'planner',
  cityRole: 'administrator',
  title: 'planner.signIn',
  place: 'planner.place',
  city: 'planner.cityAdministrator',
  hint: 'planner.signInHint',
};

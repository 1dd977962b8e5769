import '../screen/fonts';
import '../screen/look.css';
import './wall.css';
import { Session } from '../api/session';
import { prepareWords } from '../screen/opening';
import { openWall } from './wall';

// The development sign-in: a wall observes the whole city. Real identity will give it a token of its own.
const session = new Session({ person: 'wall', name: '指挥大屏', organisation: 'city', role: 'observer' });
void openWall(session, prepareWords('title'));

import '../screen/fonts';
import '../screen/look.css';
import './console.css';
import { prepareWords } from '../screen/opening';
import { openConsole } from './console';

void openConsole(prepareWords('console.title'));

import '../screen/fonts';
import '../screen/look.css';
import './command.css';
import { prepareWords } from '../screen/opening';
import { openCommand } from './command';

void openCommand(prepareWords('command.title'));

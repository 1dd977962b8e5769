import '../screen/fonts';
import '../screen/look.css';
import './planner.css';
import { prepareWords } from '../screen/opening';
import { openPlanner } from './planner';

void openPlanner(prepareWords('planner.title'));

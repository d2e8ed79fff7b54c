import { Problem, declareProblem } from '../../platform/errors/problem.js';
import type { EXITS, Interview, STAGES } from './interview.entity.js';

type Stage = (typeof STAGES)[number];
type Exit = (typeof EXITS)[number];

const EXIT_POINT = declareProblem('practice_exit_point', {
  status: 409,
  title: 'This practice process has reached its exit point',
});

const DISTANCE: Readonly<Record<Stage, number>> = { screening: 0, interviewing: 1, final: 2, offer: 3, ended: -1 };

/** Practice stops before the final round; other interviews have no exit point. */
export function defaultExit(intent: Interview['intent']): Exit {
  return intent === 'practice' ? 'final' : 'none';
}

/** Refuses to move a practice process to or past its exit point, unless that is confirmed. */
export function guardExit(
  { intent, exitBefore }: Pick<Interview, 'intent' | 'exitBefore'>,
  stage: Stage,
  confirmed: boolean,
): void {
  if (confirmed || intent !== 'practice' || exitBefore === 'none') return;
  if (DISTANCE[stage] < DISTANCE[exitBefore]) return;
  const detail = `This is a practice interview, and it stops before ${exitBefore}. Withdraw politely, or send confirm: true to go on.`;
  throw new Problem(EXIT_POINT, detail, [{ pointer: '/stage', code: 'exitPoint', detail }]);
}

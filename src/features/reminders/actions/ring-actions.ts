import type { RingAnswer } from '../answering/answers.service.js';

/** One way to answer a ring by a link. */
export interface RingAction {
  readonly name: string;
  readonly title: string;
  /** What the page asks, before the title of the ring. */
  readonly question: string;
  readonly answer: RingAnswer;
}

const SNOOZES: readonly RingAction[] = [
  { name: 'snooze_1d', title: 'Snooze a day', question: 'Snooze for a day?', answer: { verb: 'snooze', for: 'P1D' } },
  { name: 'snooze_1w', title: 'Snooze a week', question: 'Snooze for a week?', answer: { verb: 'snooze', for: 'P1W' } },
  {
    name: 'snooze_1m',
    title: 'Snooze a month',
    question: 'Snooze for a month?',
    answer: { verb: 'snooze', for: 'P1M' },
  },
];

const DISMISS: RingAction = {
  name: 'dismiss',
  title: 'Dismiss',
  question: 'Dismiss this ring?',
  answer: { verb: 'dismiss' },
};

/** The ways to answer a ring of a kind; `done` is what its kind calls it. */
export function ringActions(done: { readonly name: string; readonly title: string } | null): readonly RingAction[] {
  const { name, title } = done ?? { name: 'done', title: 'Done' };
  return [{ name, title, question: `${title}?`, answer: { verb: 'complete' } }, ...SNOOZES, DISMISS];
}

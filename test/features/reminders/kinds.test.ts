import '../../../src/app/app.module.js';
import { Kinds, declareKind, kindOf, kindsUnder } from '../../../src/features/reminders/kinds.service.js';
import { declareProblem } from '../../../src/platform/errors/problem.js';
import { declareEvent, eventNamed } from '../../../src/platform/contract/catalogue.js';
import type { EventType } from '../../../src/platform/contract/catalogue.js';

describe('what is declared', () => {
  it('is declared once', () => {
    expect(() => declareKind({ name: 'keep_in_touch', subject: null })).toThrow('is declared twice');
    expect(() => declareProblem('practice_exit_point', { status: 409, title: 'x' })).toThrow('is declared twice');
    const kinds = new Kinds();
    kinds.teach({ name: 'manual', subject: null }, {});
    expect(() => kinds.teach({ name: 'manual', subject: null }, {})).toThrow('is taught twice');
  });

  it('may join a lens that is there, and comes too late with another', () => {
    declareKind({ name: 'thank_you', subject: null, lens: 'interviews' });
    expect(kindsUnder('interviews')).toEqual(['round_upcoming', 'thank_you']);
    expect(() => declareKind({ name: 'stretch', subject: null, lens: 'breaks' })).toThrow(
      'The lens breaks of stretch comes too late: in src/app/app.module.ts, import its module above the one of reminders.',
    );
    expect(kindOf('stretch')).toBeNull();
  });

  it('has a sentence, when it is an event', () => {
    const { resource } = eventNamed('reminder.due') as EventType;
    const mute = { name: 'reminder.hummed', resource, description: 'It hums.' } as unknown as EventType;
    expect(() => declareEvent(mute)).toThrow('The event reminder.hummed has no sentence.');
  });
});

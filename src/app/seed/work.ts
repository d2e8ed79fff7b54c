import type { RecruiterContact } from '../../features/recruiters/recruiter-contact.js';
import type { CreateInterviewInput, UpdateInterviewInput } from '../../features/interviews/interview.inputs.js';
import type { Round } from '../../features/interviews/round.entity.js';
import type { UpdateRecruiterInput } from '../../features/recruiters/recruiter.inputs.js';
import type { Chance } from './chance.js';
import { emailOf, handleOf } from './names.js';
import type { Names } from './names.js';

const AGENCIES = ['Fernhollow Talent', 'Ropewalk Search', 'Sandpiper Hiring', 'Tallowgate Partners'] as const;
const SPECIALITIES = ['typescript', 'remote', 'platform', 'data', 'security', 'management'] as const;

/** Parked for so long from today, or in another state. */
const STATES = ['P1D', 'P3W', 'P2M', 'P3M', 'P5M', 'P8M', 'P8M', 'new', 'new', 'answered', 'engaged', 'muted'] as const;

export interface SeededRecruiter {
  readonly body: {
    readonly contact: Partial<RecruiterContact> & { readonly name: string };
    readonly kind: 'agency' | 'in_house';
    readonly agency: string;
    readonly specialities: readonly string[];
  };
  readonly parkedFor: string | null;
  readonly status: UpdateRecruiterInput['status'] | null;
}

export function recruiters(chance: Chance, names: Names): SeededRecruiter[] {
  return STATES.map((state) => {
    const named = names.next();
    const agency = chance.pick(AGENCIES);
    const { name } = named;
    const contact = { name, company: agency, title: 'Recruiter', emails: [emailOf(handleOf(named), agency)] };
    const kind = chance.happens(0.8) ? 'agency' : 'in_house';
    const body = { contact, kind, agency, specialities: chance.some(SPECIALITIES, 2) } as const;
    const isParked = state.startsWith('P');
    return { body, parkedFor: isParked ? state : null, status: isParked ? null : (state as SeededRecruiter['status']) };
  });
}

type Stage = Pick<CreateInterviewInput, 'company' | 'role' | 'intent' | 'stage'>;

export interface SeededInterview {
  readonly body: Stage;
  readonly outcome?: UpdateInterviewInput['outcome'];
  /** The days ago, negative for those that are ahead. */
  readonly rounds: readonly (readonly [Round['kind'], daysAgo: number, debrief?: string])[];
}

export const INTERVIEWS: readonly SeededInterview[] = [
  {
    body: { company: 'Brackenwire', role: 'Staff engineer', intent: 'serious', stage: 'interviewing' },
    rounds: [
      ['screening', 12, 'Friendly. They asked why I would leave, and about on-call.'],
      ['coding', 5, 'A rate limiter. Forgot the clock that goes back.'],
      ['system_design', -3],
      ['behavioural', -9],
    ],
  },
  {
    body: { company: 'Galeparcel', role: 'Platform lead', intent: 'practice', stage: 'screening' },
    rounds: [['screening', -14]],
  },
  {
    body: { company: 'Nettleforge', role: 'Principal engineer', intent: 'practice', stage: 'ended' },
    outcome: 'withdrawn',
    rounds: [
      ['screening', 96, 'Good pace.'],
      ['system_design', 88, 'A feed with cursors. Drew the index first this time.'],
    ],
  },
  {
    body: { company: 'Tidewhistle Labs', role: 'Staff engineer', intent: 'serious', stage: 'ended' },
    outcome: 'accepted',
    rounds: [
      ['screening', 410, 'They knew my talk.'],
      ['pairing', 401, 'Their own code base, two hours.'],
      ['final', 393, 'Dinner with the team.'],
    ],
  },
  {
    body: { company: 'Kestrelnote', role: 'Senior engineer', intent: 'explore', stage: 'ended' },
    outcome: 'rejected',
    rounds: [['take_home', 560, 'Too long, said so.']],
  },
];

/** Reminders of your own: days from now, negative for what is late, and the rest of the body. */
export const REMINDERS = [
  { inDays: -2, title: 'Send Amara the benchmark numbers', about: 'Amara Lindqvarn', priority: 'high' },
  { inDays: 2, title: 'Thank Bram for the introduction', about: 'Bram Achterveld' },
  { inDays: 4, title: 'Write the week down', rrule: 'FREQ=WEEKLY' },
  { inDays: 11, title: 'Update the CV', every: 'P1M', anchor: 'completion' },
  { inDays: 20, title: 'Propose a talk for Lakeside Conf', leads: ['P3D'] },
  { inDays: 45, title: 'Practise one interview this quarter', every: 'P3M' },
] as const;

import type { Chance } from './chance.js';
import { FAR_COMPANY } from './companies.js';
import type { Days } from './days.js';
import type { ContactBody, Person } from './person.js';
import { touch, touchesBack } from './touches.js';

/** Who changes jobs, and where to. */
export const MOVER = { name: 'Dilnoza Marchetty', company: 'Lanternfold', title: 'Head of platform' } as const;
/** Two contacts who were one person, and were merged. */
export const MERGED = { kept: 'Sunniva Halloranth', gone: 'Sunniva H.' } as const;

/** When somebody was met, and how they were in touch since: days ago, and days between. */
interface Past {
  readonly last: number;
  readonly met: number;
  readonly gap: number;
}

/** Those whom the documentation names. They are in every seed, whatever its number. */
export class Cast {
  constructor(
    private readonly chance: Chance,
    private readonly days: Days,
  ) {}

  people(): readonly Person[] {
    return [...this.dueAndFading(), ...this.twice(), ...this.introduced(), ...this.leftAlone()];
  }

  private dueAndFading(): Person[] {
    const { chance, days } = this;
    const amara = { name: 'Amara Lindqvarn', company: 'Brackenwire', title: 'Staff engineer', favourite: true };
    const close = { tier: 'close' } as const;
    const jun = { name: 'Jun Castelmoor', company: 'Orchardbyte', title: 'Data engineer' };
    return [
      {
        ...this.person({ ...amara, tags: ['typescript', 'mentor'] }, { last: 6, met: 718, gap: 17 }, { tier: 'inner' }),
        gathering: 'Database Evenings: the opening',
        circles: [{ circle: 'Database Evenings', handle: 'amara', since: days.ago(718) }],
        favours: [
          { direction: 'given', kind: 'review', summary: 'Her talk on locks', occurredOn: days.ago(210) },
          { direction: 'asked', kind: 'referral', summary: 'Staff role at Brackenwire', occurredOn: days.ago(9) },
        ],
      },
      this.person({ name: 'Tomás Eikeland' }, { last: 42, met: 512, gap: 42 }, { keepInTouchEvery: 'P6W' }),
      this.person({ name: 'Noor Vanterpool' }, { last: 155, met: 633, gap: 80 }, close),
      this.person(jun, { last: 230, met: 676, gap: 80 }, close),
      this.person({ name: 'Petra Hollenquist', tags: ['climbing'] }, { last: 410, met: 725, gap: 40 }),
      {
        ...this.person(
          { name: MOVER.name, company: 'Pebblewick', title: 'Staff engineer' },
          { last: 60, met: 590, gap: 120 },
        ),
        rhythm: { tier: 'wide' },
        jobs: [{ company: 'Pebblewick', title: 'Staff engineer', startedOn: days.ago(1_100) }],
        touches: [60, 190, 350].map((daysAgo) => touch(chance, days, daysAgo)),
      },
    ];
  }

  /** Three people who were entered twice: two pairs are to be found, one is merged. */
  private twice(): Person[] {
    const email = 'sunniva@halloranth.example';
    const mail = { emails: ['rafael@quintamar.example'] };
    return [
      this.person({ name: MERGED.kept, company: 'Saltmeadow Games' }, { last: 33, met: 441, gap: 80 }),
      this.person({ name: MERGED.gone, emails: [email], title: 'Producer' }, { last: 120, met: 402, gap: 150 }),
      this.person({ name: 'Kehinde Oyelarin', company: 'Ferrowood' }, { last: 90, met: 289, gap: 90 }),
      this.person({ name: 'K. Oyelarin', company: 'Ferrowood Ltd' }, { last: 230, met: 254, gap: 90 }),
      this.person({ name: 'Rafael Quintamar', ...mail }, { last: 45, met: 477, gap: 100 }),
      this.person({ name: 'Rafa', ...mail, tags: ['go'] }, { last: 300, met: 368, gap: 100 }),
    ];
  }

  private introduced(): Person[] {
    const bram = this.person({ name: 'Bram Achterveld', company: 'Umbrelune' }, { last: 50, met: 500, gap: 70 });
    const yuki = this.person({ name: 'Yuki Amberlyn', company: FAR_COMPANY }, { last: 140, met: 141, gap: 90 });
    return [
      { ...bram, through: 'Amara Lindqvarn' },
      { ...yuki, through: 'Bram Achterveld' },
    ];
  }

  private leftAlone(): Person[] {
    return [
      this.person({ name: 'Ilse Vogelmoor', doNotContact: true }, { last: 320, met: 548, gap: 90 }, { tier: 'wide' }),
      this.person({ name: 'Gideon Farrowick', archived: true }, { last: 500, met: 718, gap: 60 }, { tier: 'close' }),
    ];
  }

  private person(contact: ContactBody, { last, met, gap }: Past, rhythm: Person['rhythm'] = {}): Person {
    const touches = touchesBack(this.chance, this.days, last, met, gap);
    return { contact: { ...contact, metOn: this.days.ago(met) }, rhythm, touches, jobs: [], circles: [], favours: [] };
  }
}

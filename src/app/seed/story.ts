import { Cast } from './cast.js';
import { Chance } from './chance.js';
import { Crowd } from './crowd.js';
import type { Days } from './days.js';
import { Names, emailOf, handleOf } from './names.js';
import type { Person } from './person.js';
import { recruiters } from './work.js';
import type { SeededRecruiter } from './work.js';

const CONTACTS = 300;
/** One of the cast is merged into another one. */
const MERGED_AWAY = 1;
/** So many new people came to the last conference, which is wrapped up. */
const GUESTS = 5;

export interface Guest {
  readonly name: string;
  readonly emails: readonly string[];
  readonly priority: 'high' | 'normal' | 'low';
}

/** All that is written, before anything is: the same for the same number and day. */
export interface Story {
  readonly people: readonly Person[];
  readonly guests: readonly Guest[];
  readonly recruiters: readonly SeededRecruiter[];
}

export function storyOf(number: number, days: Days): Story {
  const chance = new Chance(number);
  const names = new Names(chance);
  const cast = new Cast(chance, days).people();
  const parked = recruiters(chance, names);
  const guests = Array.from({ length: GUESTS }, () => guest(chance, names));
  const crowd = CONTACTS - (cast.length - MERGED_AWAY) - parked.length - guests.length;
  return { people: [...cast, ...new Crowd(chance, days, names).of(crowd)], guests, recruiters: parked };
}

function guest(chance: Chance, names: Names): Guest {
  const named = names.next();
  const emails = [emailOf(handleOf(named), null)];
  return { name: named.name, emails, priority: chance.pick(['high', 'normal', 'low'] as const) };
}

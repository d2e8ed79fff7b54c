import type { OpenAPIObject } from '@nestjs/swagger';
import { allEvents } from '../../../src/platform/contract/catalogue.js';
import { visibleTypes } from '../../../src/platform/events/visible-types.js';
import { Docs } from '../../../src/platform/http/docs.js';
import { TestProgram } from '../../harness/program.js';

let program: TestProgram;
let scopes: ReadonlyMap<string, string>;

beforeAll(async () => {
  program = await TestProgram.start();
  scopes = readingScopes(program.app.get(Docs).document);
});
afterAll(() => program.stop());

/** The scope that each `get…` operation names, by operation. */
function readingScopes({ paths }: OpenAPIObject): ReadonlyMap<string, string> {
  const reads = Object.values(paths).flatMap(({ get }) => (get ? [get] : []));
  return new Map(
    reads.map(({ operationId = '', description = '' }) => [
      operationId,
      /`([a-zA-Z]+:read)`/.exec(description)?.[1] ?? '',
    ]),
  );
}

it('an event is seen by whoever may read its resource, and by nobody else', () => {
  expect(allEvents().length).toBeGreaterThan(20);
  const needed = allEvents().map(({ name, scope }) => [name, scope]);
  const read = allEvents().map(({ name, resource }) => [name, scopes.get(`get${resource.name}`)]);
  expect(needed).toEqual(read);
});

describe('a key', () => {
  const actorWith = (...scopes: string[]) => ({
    accountId: '',
    keyId: '',
    scopes,
    calendar: {
      timeZone: 'UTC',
      dayStartsAt: '09:00',
      checkBackPeriod: 'P8M',
      openFrom: null,
      innerEvery: 'P1M',
      closeEvery: 'P3M',
      wideEvery: 'P6M',
      dormantEvery: null,
      quietFrom: null,
      quietUntil: null,
      quietWeekdays: [],
      phoneRegion: null,
    },
  });

  it('that holds everything sees also what this process does not know', () => {
    expect(visibleTypes(actorWith('*'), null)).toBeNull();
    expect(visibleTypes(actorWith('*'), ['*'])).toBeNull();
    expect(visibleTypes(actorWith('*'), ['webhook.ping'])).toEqual(['webhook.ping']);
  });

  it('with scopes sees the events of what it may read', () => {
    const seen = visibleTypes(actorWith('contacts:read', 'reminders:write'), ['*']) ?? [];
    expect(seen).toContain('interaction.logged');
    expect(
      seen.filter((name) => !/^(contact|circle|employment|encounter|erasure|favour|interaction|import)\./.test(name)),
    ).toEqual([]);
  });

  it.each([[[]], [['contacts:write']], [['keys:read']]])('with %j sees nothing', (scopes) => {
    expect(() => visibleTypes(actorWith(...scopes), null)).toThrow('lacks the scope');
  });
});

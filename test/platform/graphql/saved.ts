import type { Type } from '@nestjs/common';
import { newId } from '../../../src/kit/ids.js';
import { filterableFields } from '../../../src/platform/contract/filters.js';
import { listedTypes } from '../../../src/platform/resources/root-reads.js';
import type { TestProgram } from '../../harness/program.js';
import type { SavedOf } from './operation.js';

/** Of so many saved filters that a list names, one does not fit it. */
const GOOD = 40;

/** Saves some filters of every list: with and without conditions, an order and words to search for; relative to now and to others. */
export async function saveFilters(program: TestProgram): Promise<SavedOf> {
  const save = async (list: string, name: string, query: object): Promise<string> => {
    const body = { list, name: `${list}: ${name}`, ...query };
    const answer = await program.ask('post', '/v1/savedFilters', { body });
    if (answer.status !== 201) throw new Error(answer.text);
    return String(answer.body.id);
  };
  const saved = new Map<string, string[]>();
  for (const [list, type] of listedTypes()) {
    const all = await save(list, 'all', { filter: {} });
    const old = await save(list, 'old', { filter: oldOf(type), sort: ['id'] });
    saved.set(type.name, [all, old]);
  }
  const contacts = [
    await save('contacts', 'tagged', { filter: { tags: { hasAny: ['a', 'b'] } }, sort: ['company', '-name'] }),
    await save('contacts', 'searched', { filter: {}, q: 'n1 quoted' }),
    await save('contacts', 'late', {
      filter: { or: [{ level: { in: ['overdue', 'fading'] } }, { warmth: { gt: 1 } }] },
    }),
  ];
  saved.set('Contact', [...(saved.get('Contact') ?? []), ...contacts]);
  const outdated = await save('contacts', 'outdated', { filter: {} });
  await program.pool.query(`update saved_filters set filter = '{"shoeSize": {"eq": 42}}' where id = $1`, [outdated]);
  const unfit = [outdated, newId(), 'nobody', saved.get('Interaction')?.[0] ?? ''];
  return (type) => {
    const good = saved.get(type) ?? [];
    return good.length === 0 ? [] : [...Array.from({ length: GOOD }, (_, n) => good[n % good.length] ?? ''), ...unfit];
  };
}

function oldOf(type: Type): object {
  return filterableFields(type).has('createdAt') ? { not: { createdAt: { gt: 'P1D' } } } : {};
}

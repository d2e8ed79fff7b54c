import { Nested } from '../../platform/contract/fields.js';
import { Owned } from '../../platform/database/owned.js';
import { MOST_TIMES, WorkedTogether, workedTogetherSql } from './employments/working-together.js';
import { FavourBalance, favourBalanceSql } from './favours/favour-balance.js';

/** The part of a contact that is computed from other rows, when it is asked for. */
export abstract class Dealings extends Owned {
  @Nested(() => WorkedTogether, {
    list: MOST_TIMES,
    asked: true,
    computed: workedTogetherSql,
    description: 'When you worked at the same company, as your jobs and theirs say, the last time first.',
  })
  workedTogether!: WorkedTogether[];

  @Nested(() => FavourBalance, {
    asked: true,
    computed: favourBalanceSql,
    description: 'How many favours were done for them and for you, and how many are open.',
  })
  favourBalance!: FavourBalance;
}

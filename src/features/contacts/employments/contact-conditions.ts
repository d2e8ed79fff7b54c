import { companyKey } from '../../../kit/company-name.js';
import { declareCondition } from '../../../platform/contract/conditions.js';
import type { ConditionSql, RowSql } from '../../../platform/contract/recipes.js';
import { Contact } from '../contact.entity.js';
import { jobsAtSql, workersSql } from './current-jobs.js';
import { sharedJobsSql } from './working-together.js';

const ANY_SPELLING = 'The legal form, case and accents of the company do not matter.';

/** The contacts of a few rows that an index finds: they are found first and sorted afterwards. */
const among = ({ alias }: RowSql, few: string): string => `${alias}.id = any(array(${few}))`;

const worksAt: ConditionSql = (row, given) => among(row, workersSql(row, given()));

const left: ConditionSql = (row, given) =>
  `(${among(row, `${jobsAtSql(row, given())} and e.ended_on <= ${row.today()}`)} and not ${worksAt(row, given)})`;

declareCondition(Contact, 'worksAt', {
  description: `Who works at this company, as \`company\` or a current job says. ${ANY_SPELLING}`,
  keyOf: companyKey,
  sql: worksAt,
});

declareCondition(Contact, 'left', {
  description: `Who left this company: a job there has ended, and they do not work there now. ${ANY_SPELLING}`,
  keyOf: companyKey,
  sql: left,
});

declareCondition(Contact, 'coworker', {
  description: 'Who worked at the same company as you at the same time, as your jobs and theirs say.',
  sql: (row) => among(row, `select e.contact_id from ${sharedJobsSql(row)}`),
});

declareCondition(Contact, 'coworkerAt', {
  description: `Who worked at this company at the same time as you. ${ANY_SPELLING}`,
  keyOf: companyKey,
  sql: (row, given) => among(row, `select e.contact_id from ${sharedJobsSql(row)} and o.company_key = any(${given()})`),
});

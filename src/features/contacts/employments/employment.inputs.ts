import { partial, pick } from '../../../platform/contract/recipes.js';
import { Input } from '../../../platform/contract/shapes.js';
import { Employment } from './employment.entity.js';

const JOB = ['company', 'title', 'startedOn', 'startedOnPrecision', 'endedOn', 'endedOnPrecision'] as const;

@Input('A job: of a contact (`contactId`), or one of your own (`mine`).')
export class CreateEmploymentInput extends pick(Employment, ['contactId', 'mine', ...JOB]) {}

@Input('A change of a job: absent fields keep their value, null clears. It stays that of the same person.')
export class UpdateEmploymentInput extends partial(pick(Employment, JOB)) {}

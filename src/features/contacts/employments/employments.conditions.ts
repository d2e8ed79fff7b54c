import { companyKey } from '../../../kit/company-name.js';
import { declareCondition } from '../../../platform/contract/conditions.js';
import { Employment } from './employment.entity.js';

declareCondition(Employment, 'company', {
  description: 'At this company, without regard to its legal form, case and accents: `ACME` is `Acme GmbH`.',
  keyOf: companyKey,
  sql: ({ alias }, given) => `${alias}.company_key = any(${given()})`,
});

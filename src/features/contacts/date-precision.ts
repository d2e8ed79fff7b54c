import { Choice } from '../../platform/contract/fields.js';

const PRECISIONS = ['day', 'month', 'year'] as const;
export type DatePrecision = (typeof PRECISIONS)[number];

/** How exactly the day of another field is known. */
export const Precision = (field: string, more = ''): PropertyDecorator =>
  Choice({
    name: 'DatePrecision',
    values: PRECISIONS,
    defaulted: true,
    description: `How exactly \`${field}\` is known: only its month, or only its year.${more}`,
  });

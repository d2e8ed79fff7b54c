import { z } from 'zod';
import { isLocalDate, parseInstant } from '../../../kit/instants.js';
import { RETURNERS } from './check-back.entity.js';
import type { CheckBack } from './check-back.entity.js';

/** What was there before a return was noted. It may have come with the file of an account, so it is checked. */
const FORMER = z.object({
  state: z.enum(['open', 'early', 'missed']),
  returnedOn: z.string().refine(isLocalDate).nullable(),
  returnedBy: z.enum(RETURNERS).nullable(),
  settledAt: z
    .string()
    .refine((text) => parseInstant(text) !== null)
    .transform((text) => parseInstant(text))
    .nullable(),
  evidence: z.string().max(500).nullable(),
  former: z.record(z.string(), z.unknown()).nullable(),
});

/** What a check-back was before its last return; null if there was none. */
export function beforeReturn({ former }: CheckBack): z.infer<typeof FORMER> | null {
  return FORMER.safeParse(former).data ?? null;
}

/** What is kept of a check-back, so that a return can be taken back. */
export function keptOf({ state, returnedOn, returnedBy, evidence, settledAt, former }: CheckBack): CheckBack['former'] {
  return { state, returnedOn, returnedBy, evidence, settledAt, former };
}

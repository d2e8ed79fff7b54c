import type { INestApplicationContext } from '@nestjs/common';
import { InstallationService } from '../features/accounts/installation.service.js';
import type { Finding } from '../platform/doctor/check.js';
import { Doctor } from '../platform/doctor/doctor.js';

interface Wish {
  readonly repair: boolean;
  /** One JSON object on each line, for programs. */
  readonly json: boolean;
  readonly say: (line: string) => void;
}

/** Says each finding as soon as it is there, and mends it when that is wished; answers how many are left. */
export async function doctor(app: INestApplicationContext, { repair, json, say }: Wish): Promise<number> {
  const examiner = app.get(Doctor);
  let found = 0;
  let left = 0;
  for await (const finding of examiner.findings()) {
    const outcome = repair ? await repaired(app, finding) : null;
    found += 1;
    if (outcome !== 'mended') left += 1;
    say(json ? JSON.stringify({ ...finding, ...(repair ? { outcome } : {}) }) : textOf(finding, outcome));
  }
  if (!json) say(sumOf({ found, left, repair, promises: examiner.promises }));
  return left;
}

/** `mended`, or why not. One that fails leaves the others alone. */
async function repaired(app: INestApplicationContext, finding: Finding): Promise<string> {
  try {
    const operator = await app.get(InstallationService).operatorOf(finding.accountId);
    return (await app.get(Doctor).repair(finding, operator)) ? 'mended' : 'only you can mend it';
  } catch (error) {
    return `not mended: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function textOf({ check, type, accountId, id, wrong, remedy }: Finding, outcome: string | null): string {
  const sign = outcome === 'mended' ? '✓' : '✗';
  const place = `account ${accountId}, ${check}`;
  return `${sign} The ${type} ${id} ${wrong}.\n    ${outcome ?? remedy}\n    (${place})`;
}

function sumOf(counts: { found: number; left: number; repair: boolean; promises: number }): string {
  const { found, left, repair, promises } = counts;
  const findings = found === 1 ? '1 finding' : `${found} findings`;
  if (found === 0) return `${promises} promises checked: all are kept.`;
  if (repair) return `${promises} promises checked: ${findings}, ${found - left} mended.`;
  return `${promises} promises checked: ${findings}. To mend them: kith doctor --repair`;
}

import type { INestApplicationContext } from '@nestjs/common';
import { Doctor } from '../../src/platform/doctor/doctor.js';

const MOST = 20;

/**
 * What no order of calls may come to, over all accounts of a program: the findings of `kith doctor`, in words.
 *
 * @param workerRan whether the program is a worker, so that what is due longer than a minute should have rung
 */
export async function brokenPromises(app: INestApplicationContext, workerRan: boolean): Promise<string[]> {
  const found: string[] = [];
  for await (const { check, type, id, wrong } of app.get(Doctor).findings(workerRan)) {
    found.push(`${check}: the ${type} ${id} ${wrong}`);
    if (found.length === MOST) break;
  }
  return found;
}

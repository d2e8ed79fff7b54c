import { Injectable } from '@nestjs/common';
import type { PipeTransform } from '@nestjs/common';
import { Problem } from '../errors/problem.js';

/** Whether a batch is applied completely or not at all; true by default. */
@Injectable()
export class AtomicPipe implements PipeTransform<unknown, boolean> {
  transform(value: unknown): boolean {
    if (value === undefined || value === null || value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    throw Problem.field('atomic', 'isBoolean', 'atomic must be true or false.');
  }
}

import { Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { isId } from '../../kit/ids.js';
import { Problem } from '../errors/problem.js';

/** An id in a path or an argument. A text that is not a UUID is refused before it reaches a query. */
@Injectable()
export class IdPipe implements PipeTransform<unknown, string> {
  transform(value: unknown, { data }: ArgumentMetadata): string {
    if (typeof value === 'string' && isId(value)) return value.toLowerCase();
    const name = data ?? 'id';
    throw Problem.field(name, 'isUuid', `${name} must be a UUID.`);
  }
}

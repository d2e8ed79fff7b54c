import { Injectable } from '@nestjs/common';
import type { PipeTransform } from '@nestjs/common';
import { Problem } from '../errors/problem.js';

/** A body that is a text, such as `text/csv`. */
@Injectable()
export class TextBodyPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (typeof value === 'string' && value !== '') return value;
    throw new Problem('unsupported_media_type', 'Send the file itself as the body, with its own content type.');
  }
}

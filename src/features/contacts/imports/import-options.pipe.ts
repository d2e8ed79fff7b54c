import type { PipeTransform, Type } from '@nestjs/common';
import { Problem } from '../../../platform/errors/problem.js';
import { ShapePipe } from '../../../platform/http/input.pipe.js';

const FLAGS: Readonly<Record<string, unknown>> = { true: true, false: false };

/** The options of an import in an address, where everything is a text. */
export class ImportOptionsPipe implements PipeTransform<Readonly<Record<string, unknown>>> {
  private readonly shape: ShapePipe;

  constructor(options: Type) {
    this.shape = new ShapePipe(options);
  }

  async transform(query: Readonly<Record<string, unknown>>): Promise<unknown> {
    const preview = query.preview === undefined ? {} : { preview: FLAGS[String(query.preview)] ?? query.preview };
    return this.shape.transform({ ...query, ...preview }, { type: 'body' });
  }
}

/** A body that is a file: its bytes, whatever they are; none without a body. */
export class FilePipe implements PipeTransform<unknown, Buffer> {
  constructor(private readonly type: string) {}

  transform(value: unknown): Buffer {
    if (Buffer.isBuffer(value)) return value;
    if (value === undefined || value === null) return Buffer.alloc(0);
    throw new Problem(
      'unsupported_media_type',
      `Send the file itself as the body, with the content type ${this.type}.`,
    );
  }
}

import type { PipeTransform } from '@nestjs/common';
import { ShapePipe } from '../../../platform/http/input.pipe.js';
import { ReceiveMessageInput } from './message.inputs.js';
import type { WholeMail } from './receiving.service.js';

/** The body of what comes in: a mail as it is, or its parts as JSON. */
export class IncomingPipe implements PipeTransform<unknown, Promise<ReceiveMessageInput | WholeMail>> {
  private readonly parts = new ShapePipe(ReceiveMessageInput);

  async transform(value: unknown): Promise<ReceiveMessageInput | WholeMail> {
    if (Buffer.isBuffer(value)) return { bytes: value };
    return (await this.parts.transform(value, { type: 'body' })) as ReceiveMessageInput;
  }
}

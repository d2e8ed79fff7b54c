import type { Readable } from 'node:stream';
import { Controller, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/actor/actor.js';
import { Caller } from '../../platform/auth/needs.js';
import { FileStream } from '../../platform/http/file-stream.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import { AcceptsFile, ReadsFile } from '../../platform/resources/answers.js';
import { TakesNoQuery } from '../../platform/resources/no-query.js';
import { AccountExport } from './account-export.service.js';
import { Transfer } from './transfer.entity.js';
import { TransfersService } from './transfers.service.js';

const NDJSON = 'application/x-ndjson';

@ApiTags('Account')
@Controller('v1/account')
export class TransfersController {
  constructor(
    private readonly exports: AccountExport,
    private readonly transfers: TransfersService,
  ) {}

  @ReadsFile({ [NDJSON]: { type: 'string' } }, [TakesNoQuery()], {
    path: 'export',
    needs: 'transfers:read',
    operation: 'exportAccount',
    summary: 'Write everything of the account to a file, a row a line, which is sent while it is read.',
  })
  file(@Caller() actor: Actor): Promise<StreamableFile> {
    return this.exports.file(actor).then(streamed);
  }

  @AcceptsFile(Transfer, NDJSON, [], {
    path: 'import',
    needs: 'transfers:write',
    operation: 'importAccount',
    summary: 'Apply the file of another account to this one, which is empty, in the background: whole or not at all.',
  })
  receive(@Caller() actor: Actor, @FileStream() file: AsyncIterable<Buffer>): Promise<JsonText> {
    return this.transfers.receive(actor, file);
  }
}

function streamed(content: Readable): StreamableFile {
  return new StreamableFile(content, { type: NDJSON, disposition: 'attachment; filename="kith.ndjson"' });
}

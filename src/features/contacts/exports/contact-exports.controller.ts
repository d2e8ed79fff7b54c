import { Controller, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller } from '../../../platform/auth/needs.js';
import { schemaReference } from '../../../platform/contract/json-schema.js';
import type { PageRows } from '../../../platform/projection/page-arguments.js';
import { PathId, ReadsFile } from '../../../platform/resources/answers.js';
import { rowsParameters } from '../../../platform/resources/page-parameters.js';
import { SeenRows } from '../../../platform/resources/rest-view.js';
import { Contact } from '../contact.entity.js';
import { CARD_NAMES, FORMAT_MEANING, FORMAT_NAMES } from './contact-formats.js';
import { ContactExports } from './contact-exports.service.js';
import type { StreamedFile } from './contact-exports.service.js';
import '../contacts.conditions.js';

const needs = 'contacts:read';
const TEXT = { type: 'string' } as const;

const format = (names: readonly string[], usual: string): MethodDecorator =>
  ApiQuery({
    name: 'format',
    required: false,
    description: FORMAT_MEANING,
    schema: { type: 'string', enum: [...names], default: usual },
  });

@ApiTags('Contacts')
@Controller('v1/contacts')
export class ContactExportsController {
  constructor(private readonly exports: ContactExports) {}

  @ReadsFile(
    { 'application/json': { type: 'array', items: schemaReference(Contact) }, 'text/csv': TEXT, 'text/vcard': TEXT },
    [format(FORMAT_NAMES, 'json'), ...rowsParameters(Contact)],
    {
      path: 'export',
      needs,
      operation: 'exportContacts',
      summary: 'Write all contacts of a list to a file, which is sent while it is read.',
    },
  )
  all(
    @Caller() actor: Actor,
    @SeenRows(Contact) rows: PageRows,
    @Query('format') format: unknown,
  ): Promise<StreamableFile> {
    return this.exports.all(actor, rows, { format }).then(streamed);
  }

  @ReadsFile({ 'text/vcard': TEXT }, [format(CARD_NAMES, 'vcard4')], {
    path: ':id/vcard',
    needs,
    operation: 'getContactVcard',
    summary: 'Write one contact as a vCard.',
  })
  card(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.exports.card(actor, id, query).then((text) => (reply.type('text/vcard; charset=utf-8'), text));
  }
}

function streamed({ name, mediaType, content }: StreamedFile): StreamableFile {
  return new StreamableFile(content, {
    type: `${mediaType}; charset=utf-8`,
    disposition: `attachment; filename="${name}"`,
  });
}

import { Body, Controller, Get, applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/actor/actor.js';
import { Caller, Needs } from '../../../platform/auth/needs.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { Acts, PathId } from '../../../platform/resources/answers.js';
import { TakesNoQuery } from '../../../platform/resources/no-query.js';
import { SeenObject } from '../../../platform/resources/rest-view.js';
import { Contact } from '../contact.entity.js';
import { EraseContactInput } from './erasure.inputs.js';
import { Erasure } from './erasure.entity.js';
import { ErasuresService } from './erasures.service.js';

const ShowsPersonalData = (): MethodDecorator =>
  applyDecorators(
    Get(':id/personal-data'),
    TakesNoQuery(),
    Needs('transfers:read'),
    ApiOperation({
      operationId: 'getPersonalData',
      summary: 'Read everything that is held on one person.',
      description: 'Scope: `transfers:read`.',
    }),
    ApiResponse({
      status: 200,
      description: 'The contact, and the rows of every feature that are about the contact.',
      schema: { type: 'object', additionalProperties: true },
    }),
  );

@ApiTags('Contacts')
@Controller('v1/contacts')
export class ErasuresController {
  constructor(private readonly erasures: ErasuresService) {}

  @ShowsPersonalData()
  personalData(@Caller() actor: Actor, @PathId() id: string): Promise<JsonText> {
    return this.erasures.personalData(actor, id);
  }

  @Acts(Erasure, EraseContactInput, {
    path: ':id/erasure',
    needs: 'contacts:write',
    operation: 'eraseContact',
    of: Contact,
    summary: 'Erase a person: the contact, what hangs on it, and every copy. It cannot be undone.',
  })
  erase(
    @Caller() actor: Actor,
    @PathId() id: string,
    @Body() input: EraseContactInput,
    @SeenObject(Erasure) view: ObjectView,
  ): Promise<JsonText> {
    return this.erasures.erase(actor, id, input, view);
  }
}

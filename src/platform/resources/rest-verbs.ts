import { Body, Param, Query } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { Caller } from '../auth/needs.js';
import { resourceName } from '../contract/resources.js';
import { Acts, Creates, Deletes, Lists, Patches, PathId, Puts, Reads, TakesBatch } from './answers.js';
import { AtomicPipe } from './atomic.pipe.js';
import { batchShapesOf } from './batch-shapes.js';
import { BatchPipe } from './batch.pipe.js';
import type { Clothes } from './dress.js';
import { ExternalIdPipe, SourcePipe } from './external-ids.js';
import type { Offered } from './offered.js';
import { SeenEach, SeenObject, SeenPage } from './rest-view.js';

type Verbs = Readonly<Record<string, Clothes>>;

/** How the verbs of a resource look as REST: reading always, the rest where it is offered. */
export function restVerbs(type: Type, offered: Offered): Verbs {
  const { plural } = resourceName(type);
  const scope = offered.scope ?? plural;
  return {
    ...reading(type, `${scope}:read`),
    ...changing(type, offered, `${scope}:write`),
    ...(offered.remove ? removing(type, `${scope}:write`) : {}),
    ...(offered.create && offered.update ? naming(type, offered.create, scope) : {}),
    ...(offered.create || offered.update || offered.remove ? batching(type, offered, `${scope}:write`) : {}),
  };
}

function reading(type: Type, needs: `${string}:read`): Verbs {
  const { noun, plural } = resourceName(type);
  return {
    page: {
      method: [Lists(type, { needs, operation: `list${capital(plural)}`, summary: `List ${plural}.` })],
      parameters: [Caller(), SeenPage(type)],
      types: [Object, Object],
    },
    one: {
      method: [Reads(type, { path: ':id', needs, operation: `get${type.name}`, summary: `Read one ${noun}.` })],
      parameters: [Caller(), PathId(), SeenObject(type)],
      types: [Object, String, Object],
    },
  };
}

function changing(type: Type, { create, update }: Offered, needs: `${string}:write`): Verbs {
  const { noun } = resourceName(type);
  const made = create && {
    method: [Creates(type, create, { needs, operation: `create${type.name}`, summary: `Make a ${noun}.` })],
    parameters: [Caller(), Body(), SeenObject(type)],
    types: [Object, create, Object],
  };
  const route = { path: ':id', needs, operation: `update${type.name}`, summary: `Change a ${noun}.` };
  const changed = update && {
    method: [Patches(type, update, route)],
    parameters: [Caller(), PathId(), Body(), SeenObject(type)],
    types: [Object, String, update, Object],
  };
  return { ...(made ? { create: made } : {}), ...(changed ? { update: changed } : {}) };
}

function removing(type: Type, needs: `${string}:write`): Verbs {
  const { noun, restorable } = resourceName(type);
  const gone = { path: ':id', needs, operation: `delete${type.name}`, summary: `Delete a ${noun}.` };
  const remove = { method: [Deletes(type, gone)], parameters: [Caller(), PathId()], types: [Object, String] };
  if (!restorable) return { remove };
  const summary = `Bring a deleted ${noun} back, within 30 days.`;
  const back = { path: ':id/restoration', needs, operation: `restore${type.name}`, summary };
  const restore = {
    method: [Acts(type, null, back)],
    parameters: [Caller(), PathId(), SeenObject(type)],
    types: [Object, String, Object],
  };
  return { remove, restore };
}

function naming(type: Type, create: Type, scope: string): Verbs {
  const { noun } = resourceName(type);
  const path = 'by/:source/:externalId';
  const read = { path, needs: `${scope}:read`, operation: `get${type.name}ByExternalId` } as const;
  const write = { path, needs: `${scope}:write`, operation: `put${type.name}ByExternalId` } as const;
  const name = [Param('source', SourcePipe), Param('externalId', ExternalIdPipe)];
  return {
    named: {
      method: [Reads(type, { ...read, summary: `Read the ${noun} that another system calls so.` })],
      parameters: [Caller(), ...name, SeenObject(type)],
      types: [Object, String, String, Object],
    },
    put: {
      method: [
        Puts(type, create, { ...write, summary: `Make the ${noun} that another system calls so, or change it.` }),
      ],
      parameters: [Caller(), ...name, Body(), SeenObject(type)],
      types: [Object, String, String, create, Object],
    },
  };
}

function batching(type: Type, offered: Offered, needs: `${string}:write`): Verbs {
  const { plural } = resourceName(type);
  const route = {
    path: 'batch',
    needs,
    operation: `batch${capital(plural)}`,
    summary: `Change many ${plural} at once.`,
  };
  return {
    batch: {
      method: [TakesBatch(type, batchShapesOf(type, offered), route)],
      parameters: [Caller(), Body(new BatchPipe(offered)), Query('atomic', AtomicPipe), SeenEach(type)],
      types: [Object, Object, Object, Object],
    },
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

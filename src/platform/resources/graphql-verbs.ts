import type { Type } from '@nestjs/common';
import { Args, ID, Mutation, Query } from '@nestjs/graphql';
import { Caller, Needs } from '../auth/needs.js';
import { resourceName } from '../contract/resources.js';
import { SelectedObject, SelectedPage } from './selection.js';
import { ATOMIC } from './answers.js';
import { AtomicPipe } from './atomic.pipe.js';
import { LARGEST_BATCH, batchShapesOf } from './batch-shapes.js';
import { BatchPipe } from './batch.pipe.js';
import type { Clothes } from './dress.js';
import { EXTERNAL_ID_RULE, ExternalIdPipe, SOURCE_RULE, SourcePipe } from './external-ids.js';
import { ArgId, ArgInput, Binds, ListsPage, Mutates, ReadsOne } from './graphql-answers.js';
import type { Offered } from './offered.js';

type Verbs = Readonly<Record<string, Clothes>>;

/** How the verbs of a resource look as GraphQL: reading always, the rest where it is offered. */
export function graphqlVerbs(type: Type, offered: Offered): Verbs {
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
      method: [ListsPage(type, { name: plural, needs })],
      parameters: [Caller(), SelectedPage(type)],
      types: [Object, Object],
    },
    one: {
      method: [ReadsOne(type, { name: noun, needs })],
      parameters: [Caller(), ArgId(), SelectedObject(type)],
      types: [Object, String, Object],
    },
  };
}

function changing(type: Type, { create, update }: Offered, needs: `${string}:write`): Verbs {
  const { noun } = resourceName(type);
  const made = create && {
    method: [Mutates(type, { name: `create${type.name}`, needs, description: `Make a ${noun}.` })],
    parameters: [Caller(), ArgInput(create), SelectedObject(type)],
    types: [Object, create, Object],
  };
  const changed = update && {
    method: [Mutates(type, { name: `update${type.name}`, needs, description: `Change a ${noun}.` })],
    parameters: [Caller(), ArgId(), ArgInput(update), SelectedObject(type)],
    types: [Object, String, update, Object],
  };
  return { ...(made ? { create: made } : {}), ...(changed ? { update: changed } : {}) };
}

function removing(type: Type, needs: `${string}:write`): Verbs {
  const { noun, restorable } = resourceName(type);
  const description = `Delete a ${noun}; answers its id. Scope: \`${needs}\`.`;
  const remove = {
    method: [Mutation(() => ID, { name: `delete${type.name}`, description }), Needs(needs), Binds(type)],
    parameters: [Caller(), ArgId()],
    types: [Object, String],
  };
  if (!restorable) return { remove };
  const back = `Bring a deleted ${noun} back, within 30 days.`;
  const restore = {
    method: [Mutates(type, { name: `restore${type.name}`, needs, description: back })],
    parameters: [Caller(), ArgId(), SelectedObject(type)],
    types: [Object, String, Object],
  };
  return { remove, restore };
}

function naming(type: Type, create: Type, scope: string): Verbs {
  const { noun } = resourceName(type);
  const name = [
    Args('source', { type: () => String, description: `The other system: ${SOURCE_RULE}.` }, SourcePipe),
    Args('externalId', { type: () => String, description: `Its name there: ${EXTERNAL_ID_RULE}.` }, ExternalIdPipe),
  ];
  const read = `Read the ${noun} that another system calls so. Scope: \`${scope}:read\`.`;
  const write = `Make the ${noun} that another system calls so, or change it.`;
  return {
    named: {
      method: [Query(() => type, { name: `${noun}ByExternalId`, description: read }), Needs(`${scope}:read`)],
      parameters: [Caller(), ...name, SelectedObject(type)],
      types: [Object, String, String, Object],
    },
    put: {
      method: [Mutates(type, { name: `put${type.name}ByExternalId`, needs: `${scope}:write`, description: write })],
      parameters: [Caller(), ...name, ArgInput(create), SelectedObject(type)],
      types: [Object, String, String, create, Object],
    },
  };
}

function batching(type: Type, offered: Offered, needs: `${string}:write`): Verbs {
  const { plural } = resourceName(type);
  const { operation, result } = batchShapesOf(type, offered);
  const description = `Change many ${plural} at once; one result each. Scope: \`${needs}\`.`;
  const operations = { type: () => [operation], description: `1 to ${LARGEST_BATCH} changes, in this order.` };
  const atomic = { type: () => Boolean, defaultValue: true, description: ATOMIC };
  return {
    batch: {
      method: [Mutation(() => [result], { name: `batch${capital(plural)}`, description }), Needs(needs)],
      parameters: [
        Caller(),
        Args('operations', operations, new BatchPipe(offered)),
        Args('atomic', atomic, AtomicPipe),
        SelectedObject(type),
      ],
      types: [Object, Object, Object, Object],
    },
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

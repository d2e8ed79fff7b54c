import type { Type } from '@nestjs/common';
import { Args, Resolver } from '@nestjs/graphql';
import type { Actor } from '../actor/actor.js';
import { Caller } from '../auth/needs.js';
import { resourceName } from '../contract/resources.js';
import { ShapePipe } from '../http/input.pipe.js';
import type { JsonText } from '../projection/json-text.js';
import type { ObjectView, PageView } from '../projection/view.js';
import { ATOMIC } from './answers.js';
import { AtomicPipe } from './atomic.pipe.js';
import type { JudgedOperation } from './batch.js';
import { LARGEST_BATCH, batchShapesOf } from './batch-shapes.js';
import { BatchPipe } from './batch.pipe.js';
import { EXTERNAL_ID_RULE, ExternalIdPipe, SOURCE_RULE, SourcePipe } from './external-ids.js';
import {
  ArgId,
  ArgInput,
  ChangesMany,
  Finds,
  ListsPage,
  Makes,
  Mutates,
  ReadsOne,
  Removes,
  Revives,
  Upserts,
} from './graphql-answers.js';
import { If, notOffered, verbsOf } from './offered.js';
import type { Offered, Serves } from './offered.js';
import { ResourceFace } from './resource-face.js';
import { SelectedObject, SelectedPage } from './selection.js';

/** A resolver for a resource's service, the equivalent of its REST face. A feature's resolver extends it. */
export function graphqlOf<C extends object, U extends object, S extends Serves<C, U> = Serves<C, U>>(
  type: Type,
  offered: Offered<C, U>,
) {
  const { noun, plural } = resourceName(type);
  const { read, write, create, update, remove, restore, put, batch } = verbsOf(type, offered);

  @Resolver({ isAbstract: true })
  abstract class GraphqlFace extends ResourceFace<S> {
    @ListsPage(type, { name: plural, needs: read })
    page(@Caller() actor: Actor, @SelectedPage(type) view: PageView): Promise<JsonText> {
      return this.service.page(actor, view);
    }

    @ReadsOne(type, { name: noun, needs: read })
    one(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(type) view: ObjectView): Promise<JsonText> {
      return this.service.one(actor, id, view);
    }

    @If(create, () => Makes(type, { name: `create${type.name}`, needs: write, description: `Create a ${noun}.` }))
    create(
      @Caller() actor: Actor,
      @ArgInput(create, { pipe: new ShapePipe(create) }) input: C,
      @SelectedObject(type) view: ObjectView,
    ): Promise<JsonText> {
      return this.service.create?.(actor, input, view) ?? notOffered();
    }

    @If(update, () => Mutates(type, { name: `update${type.name}`, needs: write, description: `Change a ${noun}.` }))
    update(
      @Caller() actor: Actor,
      @ArgId() id: string,
      @ArgInput(update, { pipe: new ShapePipe(update) }) input: U,
      @SelectedObject(type) view: ObjectView,
    ): Promise<JsonText> {
      return this.service.update?.(actor, id, input, view) ?? notOffered();
    }

    @If(remove, () =>
      Removes(type, { name: `delete${type.name}`, needs: write, description: `Delete a ${noun}; returns its id.` }),
    )
    remove(@Caller() actor: Actor, @ArgId() id: string): Promise<string> {
      return (this.service.remove?.(actor, id) ?? notOffered()).then(() => id);
    }

    @If(restore, () =>
      Revives(type, {
        name: `restore${type.name}`,
        needs: write,
        description: `Restore a deleted ${noun}, within 30 days.`,
      }),
    )
    restore(@Caller() actor: Actor, @ArgId() id: string, @SelectedObject(type) view: ObjectView): Promise<JsonText> {
      return this.service.restore?.(actor, id, view) ?? notOffered();
    }

    @If(put, () =>
      Finds(type, {
        name: `${noun}ByExternalId`,
        needs: read,
        description: `Read the ${noun} with this external id.`,
      }),
    )
    named(
      @Caller() actor: Actor,
      @ArgSource() source: string,
      @ArgExternalId() externalId: string,
      @SelectedObject(type) view: ObjectView,
    ): Promise<JsonText> {
      return this.names.one(actor, type, { source, externalId }, view);
    }

    @If(put, () =>
      Upserts(type, {
        name: `put${type.name}ByExternalId`,
        needs: write,
        description: `Create the ${noun} with this external id, or change it.`,
      }),
    )
    put(
      @Caller() actor: Actor,
      @ArgSource() source: string,
      @ArgExternalId() externalId: string,
      @ArgInput(put, { pipe: new ShapePipe(put) }) input: C,
      @SelectedObject(type) view: ObjectView,
    ): Promise<JsonText> {
      return this.names.put(actor, { type, update, service: this.service, name: { source, externalId }, input, view });
    }

    @If(batch, () =>
      ChangesMany(batchShapesOf(type, offered), {
        name: `batch${plural.charAt(0).toUpperCase()}${plural.slice(1)}`,
        needs: write,
        description: `Change many ${plural} at once, with one result for each.`,
      }),
    )
    batch(
      @Caller() actor: Actor,
      @Args(
        'operations',
        { type: () => [batchShapesOf(type, offered).operation], description: OPERATIONS },
        new BatchPipe(offered),
      )
      operations: readonly JudgedOperation<C, U>[],
      @Args('atomic', { type: () => Boolean, defaultValue: true, description: ATOMIC }, AtomicPipe) atomic: boolean,
      @SelectedObject(type) view: ObjectView,
    ): Promise<object[]> {
      return this.batches.run(actor, { type, service: this.service, operations, atomic, view });
    }
  }

  return GraphqlFace;
}

const OPERATIONS = `1 to ${LARGEST_BATCH} operations, applied in this order.`;

const ArgSource = (): ParameterDecorator =>
  Args('source', { type: () => String, description: `The other system: ${SOURCE_RULE}.` }, SourcePipe);

const ArgExternalId = (): ParameterDecorator =>
  Args(
    'externalId',
    { type: () => String, description: `The id in that system: ${EXTERNAL_ID_RULE}.` },
    ExternalIdPipe,
  );

import { Body, Param } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { Actor } from '../actor/actor.js';
import { Caller } from '../auth/needs.js';
import { resourceName } from '../contract/resources.js';
import { ShapePipe } from '../http/input.pipe.js';
import type { JsonText } from '../projection/json-text.js';
import type { ObjectView, PageView } from '../projection/view.js';
import { Creates, Deletes, Lists, Patches, PathId, Puts, Reads, Restores, TakesBatch } from './answers.js';
import type { JudgedOperation } from './batch.js';
import { batchShapesOf } from './batch-shapes.js';
import { BatchPipe } from './batch.pipe.js';
import { ExternalIdPipe, SourcePipe } from './external-ids.js';
import { If, notOffered, verbsOf } from './offered.js';
import type { Offered, Serves } from './offered.js';
import { ResourceFace } from './resource-face.js';
import { SeenAtomic, SeenEach, SeenObject, SeenPage } from './rest-view.js';

const NAME = 'by/:source/:externalId';

/** A controller for a resource's service, with only the operations that are offered. A feature's controller extends it. */
export function restOf<C extends object, U extends object, S extends Serves<C, U> = Serves<C, U>>(
  type: Type,
  offered: Offered<C, U>,
) {
  const { noun, plural } = resourceName(type);
  const { read, write, create, update, remove, restore, put, batch } = verbsOf(type, offered);

  abstract class RestFace extends ResourceFace<S> {
    @Lists(type, { needs: read, operation: `list${capital(plural)}`, summary: `List ${plural}.` })
    page(@Caller() actor: Actor, @SeenPage(type) view: PageView): Promise<JsonText> {
      return this.service.page(actor, view);
    }

    @Reads(type, { path: ':id', needs: read, operation: `get${type.name}`, summary: `Read one ${noun}.` })
    one(@Caller() actor: Actor, @PathId() id: string, @SeenObject(type) view: ObjectView): Promise<JsonText> {
      return this.service.one(actor, id, view);
    }

    @If(create, (input) =>
      Creates(type, input, { needs: write, operation: `create${type.name}`, summary: `Create a ${noun}.` }),
    )
    create(
      @Caller() actor: Actor,
      @Body(new ShapePipe(create)) input: C,
      @SeenObject(type) view: ObjectView,
    ): Promise<JsonText> {
      return this.service.create?.(actor, input, view) ?? notOffered();
    }

    @If(update, (input) =>
      Patches(type, input, {
        path: ':id',
        needs: write,
        operation: `update${type.name}`,
        summary: `Change a ${noun}.`,
      }),
    )
    update(
      @Caller() actor: Actor,
      @PathId() id: string,
      @Body(new ShapePipe(update)) input: U,
      @SeenObject(type) view: ObjectView,
    ): Promise<JsonText> {
      return this.service.update?.(actor, id, input, view) ?? notOffered();
    }

    @If(remove, () =>
      Deletes(type, { path: ':id', needs: write, operation: `delete${type.name}`, summary: `Delete a ${noun}.` }),
    )
    async remove(@Caller() actor: Actor, @PathId() id: string): Promise<void> {
      await (this.service.remove?.(actor, id) ?? notOffered());
    }

    @If(restore, () =>
      Restores(type, {
        path: ':id/restoration',
        needs: write,
        operation: `restore${type.name}`,
        summary: `Restore a deleted ${noun}, within 30 days.`,
      }),
    )
    restore(@Caller() actor: Actor, @PathId() id: string, @SeenObject(type) view: ObjectView): Promise<JsonText> {
      return this.service.restore?.(actor, id, view) ?? notOffered();
    }

    @If(put, () =>
      Reads(type, {
        path: NAME,
        needs: read,
        operation: `get${type.name}ByExternalId`,
        summary: `Read the ${noun} with this external id.`,
      }),
    )
    named(
      @Caller() actor: Actor,
      @Param('source', SourcePipe) source: string,
      @Param('externalId', ExternalIdPipe) externalId: string,
      @SeenObject(type) view: ObjectView,
    ): Promise<JsonText> {
      return this.names.one(actor, type, { source, externalId }, view);
    }

    @If(put, (input) =>
      Puts(type, input, {
        path: NAME,
        needs: write,
        operation: `put${type.name}ByExternalId`,
        summary: `Create the ${noun} with this external id, or change it.`,
      }),
    )
    put(
      @Caller() actor: Actor,
      @Param('source', SourcePipe) source: string,
      @Param('externalId', ExternalIdPipe) externalId: string,
      @Body(new ShapePipe(put)) input: C,
      @SeenObject(type) view: ObjectView,
    ): Promise<JsonText> {
      return this.names.put(actor, { type, update, service: this.service, name: { source, externalId }, input, view });
    }

    @If(batch, () =>
      TakesBatch(batchShapesOf(type, offered), {
        path: 'batch',
        needs: write,
        operation: `batch${capital(plural)}`,
        summary: `Change many ${plural} at once.`,
      }),
    )
    batch(
      @Caller() actor: Actor,
      @Body(new BatchPipe(offered)) operations: readonly JudgedOperation<C, U>[],
      @SeenAtomic() atomic: boolean,
      @SeenEach(type) view: ObjectView,
    ): Promise<{ data: object[] }> {
      return this.batches
        .run(actor, { type, service: this.service, operations, atomic, view })
        .then((data) => ({ data }));
    }
  }

  return RestFace;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

import { Body } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { Actor } from '../auth/actor.js';
import { Caller } from '../auth/needs.js';
import { resourceName } from '../contract/resources.js';
import { Creates, Deletes, Lists, Patches, PathId, Reads } from './answers.js';
import { dress } from './dress.js';
import { ResourceFace, VERBS, giveOwnMethods } from './resource-face.js';
import { notOffered } from './offered.js';
import type { Offered, Serves } from './offered.js';
import { SeenObject, SeenPage } from './rest-view.js';

/** A controller over a resource's service: list, read, and what else is offered. A feature's controller extends it. */
export abstract class RestFace<C extends object, U extends object, S extends Serves<C, U>> extends ResourceFace<
  C,
  U,
  S
> {
  async remove(actor: Actor, id: string): Promise<void> {
    await (this.service.remove?.(actor, id) ?? notOffered());
  }
}

/** The REST face of a resource, with only the verbs that are offered. */
export function restOf<C extends object, U extends object, S extends Serves<C, U> = Serves<C, U>>(
  type: Type,
  offered: Offered<C, U>,
): abstract new (service: S) => RestFace<C, U, S> {
  abstract class Face extends RestFace<C, U, S> {}
  const { noun, plural } = resourceName(type);
  const own = Face.prototype;
  giveOwnMethods(own, VERBS);
  const [read, write] = [`${offered.scope ?? plural}:read`, `${offered.scope ?? plural}:write`] as const;
  const path = ':id';
  dress(own, 'page', {
    method: [Lists(type, { needs: read, operation: `list${capital(plural)}`, summary: `List ${plural}.` })],
    parameters: [Caller(), SeenPage(type)],
    types: [Object, Object],
  });
  dress(own, 'one', {
    method: [Reads(type, { path, needs: read, operation: `get${type.name}`, summary: `Read one ${noun}.` })],
    parameters: [Caller(), PathId(), SeenObject(type)],
    types: [Object, String, Object],
  });
  if (offered.create) {
    dress(own, 'create', {
      method: [
        Creates(type, offered.create, { needs: write, operation: `create${type.name}`, summary: `Make a ${noun}.` }),
      ],
      parameters: [Caller(), Body(), SeenObject(type)],
      types: [Object, offered.create, Object],
    });
  }
  if (offered.update) {
    dress(own, 'update', {
      method: [
        Patches(type, offered.update, {
          path,
          needs: write,
          operation: `update${type.name}`,
          summary: `Change a ${noun}.`,
        }),
      ],
      parameters: [Caller(), PathId(), Body(), SeenObject(type)],
      types: [Object, String, offered.update, Object],
    });
  }
  if (offered.remove) {
    dress(own, 'remove', {
      method: [Deletes({ path, needs: write, operation: `delete${type.name}`, summary: `Delete a ${noun}.` })],
      parameters: [Caller(), PathId()],
      types: [Object, String],
    });
  }
  return Face;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

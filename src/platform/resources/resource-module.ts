import { Inject, Injectable } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { colon, textOf } from '../../kit/words.js';
import type { Data } from '../../kit/words.js';
import { resourceName } from '../contract/resources.js';
import { Database } from '../database/database.js';
import { eventsOf } from '../contract/catalogue.js';
import { facesOf } from './faces.js';
import type { Offered } from './offered.js';
import { ResourceService } from './resource-service.js';

/**
 * Makes a whole feature from an entity and its inputs: service, events, both faces. For a resource without its own rules;
 * a resource with rules has its own service and module, with `facesOf`.
 */
export function resourceModule<C extends object, U extends object>(
  type: Type<{ id: string }>,
  offered: Offered<C, U>,
): DynamicModule {
  const { noun, restorable } = resourceName(type);
  const { restored, ...events } = eventsOf(type, {
    created: told(`A ${noun} was made`),
    updated: told(`A ${noun} changed`),
    deleted: told(`A ${noun} was deleted`),
    ...(restorable ? { restored: told(`A deleted ${noun} came back`) } : {}),
  } as Record<'created' | 'updated' | 'deleted' | 'restored', ReturnType<typeof told>>);

  @Injectable()
  class Service extends ResourceService<C, U> {
    constructor(@Inject(Database) database: Database) {
      super(database, type, restorable ? { ...events, restored } : events);
    }
  }

  const { controller, resolver } = facesOf<C, U>(type, { ...offered, service: Service });
  class Feature {}
  return { module: Feature, controllers: [controller], providers: [Service, resolver] };
}

/** The sentence contains the name or title of the subject, if it has one. */
function told(fact: string) {
  const nameOf = (data: Data): string | null => textOf(data, 'name') ?? textOf(data, 'title');
  return { description: `${fact}.`, sentence: (data: Data) => `${fact}${colon(nameOf(data))}` };
}

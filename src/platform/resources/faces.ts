import { Controller, Inject } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { Resolver } from '@nestjs/graphql';
import { ApiTags } from '@nestjs/swagger';
import { resourceName } from '../contract/resources.js';
import { graphqlOf } from './graphql-face.js';
import type { Offered, Serves } from './offered.js';
import { restOf } from './rest-face.js';

/** The REST controller and the GraphQL resolver of a resource, for a module to list. */
interface Faces {
  readonly controller: Type;
  readonly resolver: Type;
}

interface Faced<C extends object, U extends object> extends Offered<C, U> {
  /** The class of its service, which the module provides. */
  readonly service: Type<Serves<C, U>>;
  /** Its section in the REST reference; default its plural. */
  readonly tag?: string;
}

/** Both faces of a resource with only the standard operations. A resource with more has its own classes that extend `restOf` and `graphqlOf`. */
export function facesOf<C extends object, U extends object>(type: Type, faced: Faced<C, U>): Faces {
  const { plural } = resourceName(type);
  const { service: token, tag = capital(plural), ...offered } = faced;

  @ApiTags(tag)
  @Controller(`v1/${plural}`)
  class RestController extends restOf(type, offered) {
    constructor(@Inject(token) service: Serves<C, U>) {
      super(service);
    }
  }

  @Resolver(() => type)
  class GraphqlResolver extends graphqlOf(type, offered) {
    constructor(@Inject(token) service: Serves<C, U>) {
      super(service);
    }
  }

  return {
    controller: named(RestController, `${type.name}Controller`),
    resolver: named(GraphqlResolver, `${type.name}Resolver`),
  };
}

function named<T extends Type>(type: T, name: string): T {
  Object.defineProperty(type, 'name', { value: name });
  return type;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

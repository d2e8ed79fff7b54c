import { applyDecorators } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, TypeMetadataStorage } from '@nestjs/graphql';
import type { ReturnTypeFunc } from '@nestjs/graphql';
import { Needs } from '../auth/needs.js';
import { pageOf, takesPage, takesRankedPage } from '../contract/pages.js';
import { payloadOf } from '../contract/payloads.js';
import type { RankedList } from '../contract/ranked-lists.js';
import { resourceName } from '../contract/resources.js';
import type { ShapePipe } from '../http/input.pipe.js';
import type { BatchShapes } from './batch-shapes.js';
import { registerRootRead } from './root-reads.js';
import { Concerns, ConcernsAccount, ConcernsNamed, ConcernsNothing, ConcernsTrashed } from '../writes/subjects.js';
import { IdPipe } from './id.pipe.js';

/** The id argument of a field about one resource. */
export const ArgId = (name = 'id'): ParameterDecorator =>
  Args(name, { type: () => ID, description: 'Its id.' }, IdPipe);

interface InputOptions {
  /** Whether the whole input may be omitted. */
  readonly optional?: boolean;
  /** Checks the input if the method's signature names no class. */
  readonly pipe?: ShapePipe;
}

/** The input object of a mutation; if all fields are optional, so is the input. */
export const ArgInput = (input: Type | undefined, { optional = false, pipe }: InputOptions = {}): ParameterDecorator =>
  Args(
    'input',
    { type: () => input, description: 'The input.', ...(optional ? { defaultValue: {} } : {}) },
    ...(pipe ? [pipe] : []),
  );

interface RootField<Scope extends string> {
  readonly name: string;
  readonly needs: `${string}:${Scope}`;
  readonly description: string;
  /** The resource is the account of the caller, and there is no argument `id`. */
  readonly own?: boolean;
  /** The resource with the argument `id`, in the trash or not, for a mutation that returns another. */
  readonly of?: Type;
}

/** A mutation that creates a resource and returns it in its payload. It has no `ifVersion`, because there is no version yet. */
export const Makes = (type: Type, field: RootField<'write'>): MethodDecorator => MakesShape(payloadOf(type), field);

/** The same, for a mutation that returns a shape that is not a resource: a secret shown once, a report. */
export const MakesShape = (shape: Type, field: RootField<'write'>): MethodDecorator =>
  applyDecorators(
    mutation(() => shape, field),
    ConcernsNothing(),
  );

/** A mutation of one existing resource: it returns it in its payload, and accepts `ifVersion`. */
export const Mutates = (type: Type, field: RootField<'write'>): MethodDecorator =>
  MutatesInto(payloadOf(type), type, field);

/** A mutation of one existing resource that returns another shape, and accepts `ifVersion`. */
export const MutatesInto = (shape: Type, type: Type, field: RootField<'write'>): MethodDecorator =>
  applyDecorators(
    mutation(() => shape, field),
    field.own ? ConcernsAccount(type) : field.of ? ConcernsTrashed(field.of) : Concerns(type),
    takesVersion,
  );

/** A mutation that restores a resource. */
export const Revives = (type: Type, field: RootField<'write'>): MethodDecorator =>
  applyDecorators(
    mutation(() => payloadOf(type), field),
    ConcernsTrashed(type),
    takesVersion,
  );

/** A mutation that deletes one resource and returns its id; it accepts `ifVersion`. */
export const Removes = (type: Type, field: RootField<'write'>): MethodDecorator =>
  applyDecorators(
    mutation(() => ID, field),
    Concerns(type),
    takesVersion,
  );

/** A mutation that creates or changes the resource with an external id. */
export const Upserts = (type: Type, field: RootField<'write'>): MethodDecorator =>
  applyDecorators(
    mutation(() => payloadOf(type), field),
    ConcernsNamed(type),
    takesVersion,
    takesExistence,
  );

/** A mutation that applies many changes and returns one result for each. */
export const ChangesMany = ({ result }: BatchShapes, field: RootField<'write'>): MethodDecorator =>
  applyDecorators(
    mutation(() => [result], field),
    ConcernsNothing(),
  );

/** Nullable, because a mutation that fails must not hide what others of the same operation have done. */
function mutation(returns: ReturnTypeFunc, field: RootField<'write'>): MethodDecorator {
  return applyDecorators(Mutation(returns, { ...shown(field), nullable: true }), Needs(field.needs));
}

/** A query that returns the row with an external id. */
export const Finds = (type: Type, field: RootField<'read'>): MethodDecorator =>
  applyDecorators(
    Query(() => type, { ...shown(field), nullable: true }),
    Needs(field.needs),
  );

function shown({ name, needs, description }: RootField<string>): { name: string; description: string } {
  return { name, description: `${description} Scope: \`${needs}\`.` };
}

const takesVersion = condition(
  { name: 'ifVersion', of: Int, index: 200 },
  'Fail with `precondition_failed` unless the resource still has this version.',
);

const takesExistence = condition(
  { name: 'ifExists', of: Boolean, index: 201 },
  'True: fail with `precondition_failed` unless the resource exists. False: fail if it exists.',
);

/** Adds an argument that the write interceptor reads. */
function condition(
  { name, of, index }: { name: string; of: unknown; index: number },
  description: string,
): MethodDecorator {
  return (target, property) =>
    TypeMetadataStorage.addMethodParamMetadata({
      kind: 'arg',
      name,
      description,
      target: target.constructor,
      methodName: String(property),
      typeFn: () => of as Type,
      index,
      options: { nullable: true },
    });
}

/** A query that returns a page, with the arguments of a page. */
export function ListsPage(type: Type, options: { name: string; needs: `${string}:read` }): MethodDecorator {
  const { name, needs } = options;
  const page = pageOf(type);
  return (target, property, descriptor) => {
    const description = `List ${resourceName(type).plural}.`;
    Query(() => page, shown({ name, needs, description }))(target, property, descriptor);
    Needs(needs)(target, property, descriptor);
    takesPage(target.constructor as Type, String(property), type);
    registerRootRead(name, { kind: 'page', type, scope: needs });
  };
}

/** A query that returns a page of a ranked list. */
export function ListsRanked(list: RankedList, options: { name: string; needs: `${string}:read` }): MethodDecorator {
  const { name, needs } = options;
  const { type, description } = list;
  return (target, property, descriptor) => {
    Query(() => pageOf(type), shown({ name, needs, description }))(target, property, descriptor);
    Needs(needs)(target, property, descriptor);
    takesRankedPage(target.constructor as Type, String(property), type);
    registerRootRead(name, { kind: 'page', type, scope: needs, list });
  };
}

/** A query that returns one row: the one with the argument `id`, or the account itself. */
export function ReadsOne(
  type: Type,
  options: { name: string; needs: `${string}:read`; own?: boolean; description?: string },
): MethodDecorator {
  const { name, needs, own = false, description = `Read one ${resourceName(type).noun}.` } = options;
  return (target, property, descriptor) => {
    // The account of a key always exists. Any other error is about this field alone: the rest of the answer stays.
    Query(() => type, { ...shown({ name, needs, description }), nullable: !own })(target, property, descriptor);
    Needs(needs)(target, property, descriptor);
    registerRootRead(name, { kind: own ? 'own' : 'one', type, scope: needs });
  };
}

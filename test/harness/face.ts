import { allResources } from '../../src/platform/contract/resources.js';

export type Body = Record<string, unknown>;

/** The answer of either face: the resource or page, or the refusal, in the same form. */
export interface Answer {
  readonly data: Body;
  readonly code: string | null;
  readonly message: string;
  readonly errors: readonly { pointer: string; code: string; detail: string }[];
}

/** A page, as both faces show it. */
export interface PageAnswer extends Answer {
  readonly rows: readonly Body[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

export interface PageAsked {
  readonly first?: number;
  readonly after?: string;
  readonly sort?: string;
  readonly filter?: Body;
  readonly q?: string;
  readonly trash?: boolean;
  /** The id of a saved filter. */
  readonly savedFilter?: string;
  /** A ranked list of the resource: `due`. */
  readonly list?: string;
}

/** A verb other than the usual ones of a resource: its REST address and its mutation. */
export interface Act {
  readonly type: string;
  readonly id: string;
  /** The path below the resource: `completion`. */
  readonly noun: string;
  /** The mutation: `completeReminder`. */
  readonly verb: string;
  readonly input?: Body;
}

/** The same verbs on either face, so that one scenario tests both. */
export interface Face {
  readonly name: 'rest' | 'graphql';
  as(key: string): Face;
  create(type: string, input: Body): Promise<Answer>;
  one(type: string, id: string): Promise<Answer>;
  page(type: string, asked?: PageAsked): Promise<PageAnswer>;
  update(type: string, id: string, input: Body): Promise<Answer>;
  remove(type: string, id: string): Promise<Answer>;
  act(act: Act): Promise<Answer>;
}

/** The names of a resource in addresses and lists. */
export function pluralOf(type: string): string {
  const resource = allResources().find((one) => one.type.name === type);
  if (!resource) throw new Error(`${type} is no resource. There are ${allResources().map((one) => one.type.name)}.`);
  return resource.plural;
}

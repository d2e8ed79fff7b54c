import supertest from 'supertest';
import { allResources } from '../../src/platform/contract/resources.js';
import type { TestProgram } from './program.js';
import { wholeOf } from './whole-of.js';

type Body = Record<string, unknown>;

/** The answer of either face: the resource or page, or the refusal, in the same form. */
interface Answer {
  readonly data: Body;
  readonly code: string | null;
  readonly message: string;
  readonly errors: readonly { pointer: string; code: string; detail: string }[];
}

/** A page, as both faces show it. */
interface PageAnswer extends Answer {
  readonly rows: readonly Body[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

interface PageAsked {
  readonly first?: number;
  readonly after?: string;
  readonly sort?: string;
  readonly filter?: Body;
  readonly q?: string;
  readonly trash?: boolean;
  /** A ranked list of the resource: `due`. */
  readonly list?: string;
}

/** A verb other than the usual ones of a resource: its REST address and its mutation. */
interface Act {
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

/** The argument of `describe.each(faces)`. */
export const faces = ['rest', 'graphql'] as const;

export function faceOf(name: (typeof faces)[number], program: TestProgram, key = program.key): Face {
  return name === 'rest' ? new RestFace(program, key) : new GraphqlFace(program, key);
}

/** The id of a new resource. @throws Error with the refusal */
export async function idOfNew(face: Face, type: string, input: Body): Promise<string> {
  const { data, code, message } = await face.create(type, input);
  if (code !== null) throw new Error(`${code}: ${message}`);
  return String(data.id);
}

/** The names of a resource in addresses and lists. */
function pluralOf(type: string): string {
  const resource = allResources().find((one) => one.type.name === type);
  if (!resource) throw new Error(`${type} is no resource. There are ${allResources().map((one) => one.type.name)}.`);
  return resource.plural;
}

class RestFace implements Face {
  readonly name = 'rest';

  constructor(
    private readonly program: TestProgram,
    private readonly key: string,
  ) {}

  as(key: string): Face {
    return new RestFace(this.program, key);
  }

  create(type: string, input: Body): Promise<Answer> {
    return this.ask('post', `/v1/${pluralOf(type)}`, input);
  }

  one(type: string, id: string): Promise<Answer> {
    return this.ask('get', `/v1/${pluralOf(type)}/${id}`);
  }

  async page(type: string, asked: PageAsked = {}): Promise<PageAnswer> {
    const path = asked.list === undefined ? pluralOf(type) : `${pluralOf(type)}/${asked.list}`;
    const answer = await this.ask('get', `/v1/${path}?${queryOf(asked)}`);
    const { data = [], page = {} } = answer.data as { data?: Body[]; page?: Body };
    return {
      ...answer,
      rows: data,
      endCursor: (page.endCursor as string) ?? null,
      hasNextPage: page.hasNextPage === true,
    };
  }

  update(type: string, id: string, input: Body): Promise<Answer> {
    return this.ask('patch', `/v1/${pluralOf(type)}/${id}`, input);
  }

  remove(type: string, id: string): Promise<Answer> {
    return this.ask('delete', `/v1/${pluralOf(type)}/${id}`);
  }

  act({ type, id, noun, input }: Act): Promise<Answer> {
    return this.ask('post', `/v1/${pluralOf(type)}/${id}/${noun}`, input ?? {});
  }

  private async ask(method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: Body): Promise<Answer> {
    const request = supertest(this.program.app.getHttpServer())
      [method](path)
      .set('authorization', `Bearer ${this.key}`);
    const { status, body: answer, headers } = await (body ? request.send(body) : request);
    this.program.rest.assertKept();
    if (status < 400) return { data: (answer ?? {}) as Body, code: null, message: '', errors: [] };
    if (!String(headers['content-type']).startsWith('application/problem+json'))
      throw new Error(`${status} is no problem+json`);
    if (answer.status !== status) throw new Error(`the problem says ${answer.status}, the status line ${status}`);
    return { data: {}, code: answer.code, message: answer.detail, errors: answer.errors ?? [] };
  }
}

class GraphqlFace implements Face {
  readonly name = 'graphql';

  constructor(
    private readonly program: TestProgram,
    private readonly key: string,
  ) {}

  as(key: string): Face {
    return new GraphqlFace(this.program, key);
  }

  create(type: string, input: Body): Promise<Answer> {
    return this.mutate(`create${type}`, type, { input: [`Create${type}Input!`, input] });
  }

  one(type: string, id: string): Promise<Answer> {
    return this.ask(`query ($id: ID!) { answer: ${lower(type)}(id: $id) ${wholeOf(this.program.schema, type)} }`, {
      id,
    });
  }

  async page(type: string, asked: PageAsked = {}): Promise<PageAnswer> {
    const { first, after, sort, filter, q, trash, list } = asked;
    const more = {
      ...(q === undefined ? {} : { q: 'String' }),
      ...(trash === undefined ? {} : { trash: 'Boolean' }),
      ...(list === undefined ? { sort: `[${type}Sort!]` } : {}),
    };
    const field = `${pluralOf(type)}${list === undefined ? '' : list.charAt(0).toUpperCase() + list.slice(1)}`;
    const declared = Object.entries(more)
      .map(([name, of]) => `, $${name}: ${of}`)
      .join('');
    const passed = Object.keys(more)
      .map((name) => `, ${name}: $${name}`)
      .join('');
    const answer = await this.ask(
      `query ($first: Int, $after: String, $filter: ${type}Filter${declared}) {
        answer: ${field}(first: $first, after: $after, filter: $filter${passed}) {
          nodes ${wholeOf(this.program.schema, type)} pageInfo { endCursor hasNextPage } } }`,
      { first, after, filter, q, trash, sort: sort?.split(',').map(sortKey) },
    );
    const { nodes = [], pageInfo = {} } = answer.data as { nodes?: Body[]; pageInfo?: Body };
    return {
      ...answer,
      rows: nodes,
      endCursor: (pageInfo.endCursor as string) ?? null,
      hasNextPage: pageInfo.hasNextPage === true,
    };
  }

  update(type: string, id: string, input: Body): Promise<Answer> {
    return this.mutate(`update${type}`, type, { id: ['ID!', id], input: [`Update${type}Input!`, input] });
  }

  remove(type: string, id: string): Promise<Answer> {
    return this.ask(`mutation ($id: ID!) { answer: delete${type}(id: $id) }`, { id });
  }

  act({ type, id, verb, input }: Act): Promise<Answer> {
    const takes = input ? { input: [this.inputType(verb), input] as [string, unknown] } : {};
    return this.mutate(verb, type, { id: ['ID!', id], ...takes });
  }

  private inputType(verb: string): string {
    const field = this.program.schema.getMutationType()?.getFields()[verb];
    return String(field?.args.find(({ name }) => name === 'input')?.type);
  }

  private async mutate(
    verb: string,
    type: string,
    takes: Record<string, [type: string, value: unknown]>,
  ): Promise<Answer> {
    const declared = Object.entries(takes).map(([name, [of]]) => `$${name}: ${of}`);
    const passed = Object.keys(takes).map((name) => `${name}: $${name}`);
    const whole = wholeOf(this.program.schema, type);
    const text = `mutation (${declared.join(', ')}) { answer: ${verb}(${passed.join(', ')}) { it: ${lower(type)} ${whole} } }`;
    const answer = await this.ask(
      text,
      Object.fromEntries(Object.entries(takes).map(([name, [, value]]) => [name, value])),
    );
    return { ...answer, data: (answer.data.it ?? {}) as Body };
  }

  private async ask(query: string, variables: Body): Promise<Answer> {
    const { body } = await supertest(this.program.app.getHttpServer())
      .post('/graphql')
      .set('authorization', `Bearer ${this.key}`)
      .send({ query, variables });
    const [error] = (body.errors ?? []) as {
      message: string;
      extensions: { code: string; errors?: Answer['errors'] };
    }[];
    if (error)
      return { data: {}, code: error.extensions.code, message: error.message, errors: error.extensions.errors ?? [] };
    return { data: (body.data.answer ?? {}) as Body, code: null, message: '', errors: [] };
  }
}

function queryOf({ first, after, sort, filter, q, trash }: PageAsked): string {
  const query = new URLSearchParams();
  if (first !== undefined) query.set('first', String(first));
  if (after !== undefined) query.set('after', after);
  if (sort !== undefined) query.set('sort', sort);
  if (q !== undefined) query.set('q', q);
  if (trash !== undefined) query.set('trash', String(trash));
  if (filter) bracketed('filter', filter, query);
  return query.toString();
}

function bracketed(prefix: string, value: unknown, query: URLSearchParams): void {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) query.set(prefix, value.join(','));
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) bracketed(`${prefix}[${name}]`, inner, query);
  } else query.set(prefix, String(value));
}

function sortKey(word: string): { field: string; direction: string } {
  return word.startsWith('-') ? { field: word.slice(1), direction: 'desc' } : { field: word, direction: 'asc' };
}

function lower(type: string): string {
  return type.charAt(0).toLowerCase() + type.slice(1);
}

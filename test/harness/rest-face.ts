import supertest from 'supertest';
import { pluralOf } from './face.js';
import type { Act, Answer, Body, Face, PageAnswer, PageAsked } from './face.js';
import type { TestProgram } from './program.js';

export class RestFace implements Face {
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

function queryOf({ first, after, sort, filter, q, trash, savedFilter }: PageAsked): string {
  const query = new URLSearchParams();
  if (first !== undefined) query.set('first', String(first));
  if (after !== undefined) query.set('after', after);
  if (sort !== undefined) query.set('sort', sort);
  if (q !== undefined) query.set('q', q);
  if (trash !== undefined) query.set('trash', String(trash));
  if (savedFilter !== undefined) query.set('savedFilter', savedFilter);
  if (filter) bracketed('filter', filter, query);
  return query.toString();
}

function bracketed(prefix: string, value: unknown, query: URLSearchParams): void {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) query.set(prefix, value.join(','));
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) bracketed(`${prefix}[${name}]`, inner, query);
  } else query.set(prefix, String(value));
}

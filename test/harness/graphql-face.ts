import supertest from 'supertest';
import { pluralOf } from './face.js';
import type { Act, Answer, Body, Face, PageAnswer, PageAsked } from './face.js';
import type { TestProgram } from './program.js';
import { wholeOf } from './whole-of.js';

export class GraphqlFace implements Face {
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
    const { first, after, sort, filter, q, trash, savedFilter, list } = asked;
    const more = {
      ...(q === undefined ? {} : { q: 'String' }),
      ...(trash === undefined ? {} : { trash: 'Boolean' }),
      ...(savedFilter === undefined ? {} : { savedFilter: 'ID' }),
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
      { first, after, filter, q, trash, savedFilter, sort: sort?.split(',').map(sortKey) },
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

function sortKey(word: string): { field: string; direction: string } {
  return word.startsWith('-') ? { field: word.slice(1), direction: 'desc' } : { field: word, direction: 'asc' };
}

function lower(type: string): string {
  return type.charAt(0).toLowerCase() + type.slice(1);
}

import type { Described, Document, Schema } from './document.js';
import type { World } from './world.js';
import { CANARY, EXTERNAL } from './world.js';

/** A request about the owner's rows: its ids stand wherever an id can stand. */
export interface Asked {
  readonly name: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly body: object | string | undefined;
  /** The media type of a body that is no JSON. */
  readonly mediaType: string;
}

/** Every operation of the document, with the owner's ids in path, filter, cursor and body, at every depth. */
export function everythingAsked({ paths, components }: Document, world: World): Asked[] {
  const writer = new BodyWriter(components.schemas, world);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
      .flatMap(([method, operation]) => requestsOf(path, method as Asked['method'], operation, writer, world)),
  );
}

function requestsOf(
  path: string,
  method: Asked['method'],
  operation: Described,
  writer: BodyWriter,
  { ids, cursors }: World,
): Asked[] {
  const plural = path.split('/')[2] ?? '';
  const names: Readonly<Record<string, string>> = { id: ids.get(plural) ?? '', event: 'contact.created', ...EXTERNAL };
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(names[name] ?? ''));
  const [mediaType = ''] = Object.keys(operation.requestBody?.content ?? {});
  const named = { name: operation.operationId, method, mediaType };
  const filters = (operation.parameters ?? []).flatMap(({ name }) => {
    const id = /^filter\[(\w+)\]\[eq\]$/.exec(name)?.[1];
    const value = id && writer.idFor(id, plural);
    return value ? [{ ...named, path: `${address}?${encodeURIComponent(name)}=${value}`, body: undefined }] : [];
  });
  const cursor = cursors.get(plural);
  const isList = (operation.parameters ?? []).some(({ name }) => name === 'after');
  const walked = isList && cursor ? [{ ...named, path: `${address}?after=${cursor}`, body: undefined }] : [];
  return [...writer.bodiesOf(operation).map((body) => ({ ...named, path: address, body })), ...filters, ...walked];
}

class BodyWriter {
  constructor(
    private readonly schemas: Readonly<Record<string, Schema>>,
    private readonly world: World,
  ) {}

  /** One body for each operation, and one for each branch of a batch. */
  bodiesOf({ operationId, requestBody }: Described): (object | string | undefined)[] {
    const json = requestBody?.content['application/json'] ?? requestBody?.content['application/merge-patch+json'];
    // What is only judged is shown again to whoever sent it.
    const own = operationId === 'proposeMapping' ? 'A' : CANARY;
    if (!json) return requestBody ? [`First Name,Last Name,URL\n${own},B,https://www.linkedin.com/in/b`] : [undefined];
    const schema = this.resolved(json.schema);
    const operation =
      schema.properties?.operations && this.resolved(this.resolved(schema.properties.operations).items ?? {});
    if (!operation) return [this.object(schema)];
    return Object.entries(operation.properties ?? {}).map(([verb, one]) => ({
      operations: [{ [verb]: this.value(verb, one) }],
    }));
  }

  /** The owner's row that a property of this name would point at. */
  idFor(property: string, plural = ''): string | undefined {
    const { ids } = this.world;
    if (property === 'id') return ids.get(plural) ?? [...ids.values()][0];
    if (/^(subject|metThrough)Id$/.test(property)) return ids.get('contacts');
    return /Ids?$/.test(property) ? ids.get(`${property.replace(/Ids?$/, '')}s`) : undefined;
  }

  private object({ properties = {}, required = [] }: Schema): object {
    const entries = Object.entries(properties).filter(
      ([name]) => required.includes(name) || this.idFor(name) !== undefined || name === 'subjectType',
    );
    return Object.fromEntries(entries.map(([name, schema]) => [name, this.value(name, schema)]));
  }

  private value(name: string, given: Schema): unknown {
    const schema = this.resolved(given.anyOf?.[0] ?? given);
    const type = [schema.type].flat()[0];
    if (type === 'array') return [this.value(name, schema.items ?? {})];
    if (schema.format === 'uuid') return this.idFor(name) ?? '01890000-0000-7000-8000-000000000000';
    if (name === 'subjectType') return 'contact';
    if (given.examples?.[0] !== undefined) return given.examples[0];
    if (schema.examples?.[0] !== undefined) return schema.examples[0];
    if (schema.enum) return schema.enum[0];
    if (type === 'object') return this.object(schema);
    if (schema.format === 'date-time') return '2027-05-01T09:00:00Z';
    if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
    return type === 'boolean' ? true : 'x';
  }

  private resolved(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return name ? (this.schemas[name] ?? {}) : schema;
  }
}

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Schema {
  readonly properties?: Record<string, Schema>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
}

interface Response {
  readonly $ref?: string;
  readonly content?: Record<string, { readonly schema?: object }>;
}

interface Document {
  readonly paths: Record<
    string,
    Record<string, { readonly operationId: string; readonly responses: Record<string, Response> }>
  >;
  readonly components: {
    readonly schemas: Record<string, Schema>;
    readonly responses: Record<string, Response>;
  };
}

/** One answer of the program, as it was sent. */
export interface Answered {
  readonly method: string;
  /** With its query string. */
  readonly url: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

interface Operation {
  readonly id: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly responses: Record<string, Response>;
}

/**
 * Checks answers against the OpenAPI document: the status must be listed by the operation, with its media type, and the
 * body must match its schema, without any property that the schema does not name.
 */
export class RestContract {
  private readonly operations: readonly Operation[];
  private readonly whole: Ajv2020;
  private readonly sparse: Ajv2020;

  constructor(private readonly document: Document) {
    this.operations = operationsOf(document);
    this.whole = validatorOf(document, (_name, schema) => schema);
    this.sparse = validatorOf(document, (name, schema) =>
      /(Page|Problem)$/.test(name) ? schema : { ...schema, required: [] },
    );
  }

  /** What is wrong with an answer, or null; also null for an address that is not in the document. */
  violation({ method, url, status, contentType, body }: Answered): string | null {
    const [path = '', query = ''] = url.split('?');
    const operation = this.operations.find(
      (known) => known.method === method.toLowerCase() && known.pattern.test(path),
    );
    if (!operation) return null;
    const what = `${operation.id}: ${method} ${url.slice(0, 200)} → ${status}`;
    const found = operation.responses[String(status)];
    if (!found)
      return `${what}, which is not documented: ${Object.keys(operation.responses).join(', ')} are. ${body.slice(0, 300)}`;
    const [mediaType, media] = Object.entries(this.resolved(found).content ?? {})[0] ?? [];
    if (!mediaType) return body === '' ? null : `${what}: a body where none is documented: ${body.slice(0, 200)}`;
    if (!contentType.startsWith(mediaType)) return `${what}: the content type is ${contentType}, not ${mediaType}`;
    if (!/[/+]json$/.test(mediaType)) return null;
    const validate = this.validatorFor(media?.schema ?? {}, /(^|&)fields(\[\])?=/.test(query));
    if (validate(JSON.parse(body))) return null;
    const wrong = (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    );
    return `${what} breaks its schema: ${wrong.join('; ')}\n${body.slice(0, 1_000)}`;
  }

  private readonly compiled = new Map<string, ValidateFunction>();

  private validatorFor(schema: object, sparse: boolean): ValidateFunction {
    const key = `${sparse} ${JSON.stringify(schema)}`;
    const known = this.compiled.get(key);
    if (known) return known;
    const made = (sparse ? this.sparse : this.whole).compile(pointedAt(schema));
    this.compiled.set(key, made);
    return made;
  }

  private resolved(response: Response): Response {
    const name = response.$ref?.split('/').at(-1);
    return name ? (this.document.components.responses[name] ?? {}) : response;
  }
}

/** Addresses without parameters come first (OpenAPI 3.1 §4.8.8.1). */
function operationsOf({ paths }: Document): Operation[] {
  const isOpen = ([path]: readonly [string, unknown]): number => Number(path.includes('{'));
  const placed = Object.entries(paths).sort((a, b) => isOpen(a) - isOpen(b));
  return placed.flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([method, { operationId, responses }]) => ({
      id: operationId,
      method,
      pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
      responses,
    })),
  );
}

const DOCUMENT = 'openapi';

function validatorOf({ components }: Document, change: (name: string, schema: Schema) => Schema): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  const schemas = Object.entries(components.schemas).map(([name, schema]) => [name, closed(change(name, schema))]);
  ajv.addSchema(pointedAt({ components: { schemas: Object.fromEntries(schemas) } }), DOCUMENT);
  return ajv;
}

/** Properties that the schema does not name are refused, so that a property that leaks is a violation. */
function closed(schema: Schema): Schema {
  return schema.properties && schema.additionalProperties === undefined
    ? { ...schema, additionalProperties: false }
    : schema;
}

/** The same schema, with its references pointing into the document. */
function pointedAt(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', `"${DOCUMENT}#/components/`)) as object;
}

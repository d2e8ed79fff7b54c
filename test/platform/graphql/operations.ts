import {
  GraphQLEnumType,
  astFromValue,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  print,
} from 'graphql';
import type {
  GraphQLArgument,
  GraphQLField,
  GraphQLInputType,
  GraphQLSchema,
  GraphQLInputObjectType,
  GraphQLObjectType,
} from 'graphql';
import { rootReadOf } from '../../../src/platform/resources/root-reads.js';
import type { Career } from './career.js';
import { Dice } from './dice.js';
import type { CursorsOf, Operation, SavedOf } from './operation.js';

const DEEPEST = 7;
/** Also names that mean something to JavaScript, to SQL, or to the statement itself. */
const ALIASES = ['row', 'o', 't1', 'page_n', 'constructor', '__proto__', 'toString', 'select', 'nodes', 'c0'];

interface Scope {
  /** The response keys that are taken. */
  readonly taken: Set<string>;
  readonly type: GraphQLObjectType;
  readonly path: string;
  readonly depth: number;
}

/** Writes random operations over the whole query type: each valid, none asking for much. */
export class OperationWriter extends Dice {
  private variables: Record<string, unknown> = {};
  private declared: string[] = [];
  private fragments: string[] = [];
  private aliases = 0;
  private budget = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    random: () => number,
    private readonly career: Career,
    private readonly cursorsOf: CursorsOf,
    private readonly savedOf: SavedOf = () => [],
  ) {
    super(random);
  }

  write(): Operation {
    [this.variables, this.declared, this.fragments, this.aliases, this.budget] = [{}, [], [], 0, 60];
    const query = this.schema.getQueryType();
    if (!query) throw new Error('There is no query type.');
    const scope: Scope = { taken: new Set(), type: query, path: '', depth: 0 };
    const fields = Object.values(query.getFields()).filter(({ name }) => name.startsWith('node') || rootReadOf(name));
    const roots = this.times(1, 3, () => this.field(scope, this.one(fields)));
    const typename = this.chance(0.1) ? [this.typename(scope)] : [];
    const body = this.wrapped(query.name, [...typename, ...roots]);
    const [named, other] = [this.chance(0.3), this.chance(0.1)];
    const declared = this.declared.length > 0 ? `(${this.declared.join(', ')})` : '';
    const head = named || other ? `query It${declared}` : this.declared.length > 0 ? `query ${declared}` : '';
    const others = other ? ['query Other { account { id } }'] : [];
    const text = [`${head} { ${body} }`, ...this.fragments, ...others].join('\n');
    return { query: text, variables: this.variables, ...(named || other ? { operationName: 'It' } : {}) };
  }

  private selection(scope: Scope): string {
    const fields = Object.values(scope.type.getFields()).filter((field) => this.fits(field, scope));
    const chosen = fields.filter(() => this.chance(scope.type.name.endsWith('Connection') ? 0.5 : 0.25));
    const some = chosen.length > 0 ? chosen : [fields.find(({ type }) => isLeafType(getNamedType(type))) ?? fields[0]];
    const written = some.flatMap((field) => (field ? [this.field(scope, field)] : []));
    if (this.chance(0.2)) written.splice(this.below(written.length + 1), 0, this.typename(scope));
    return this.wrapped(scope.type.name, written);
  }

  /** Deeper selections are rarer, so that operations end. */
  private fits({ type }: GraphQLField<unknown, unknown>, { depth }: Scope): boolean {
    return isLeafType(getNamedType(type)) || (depth < DEEPEST && this.budget > 0 && this.chance(1 - depth / DEEPEST));
  }

  private field(scope: Scope, field: GraphQLField<unknown, unknown>): string {
    this.budget -= 1;
    const key = this.key(scope, field.name);
    const named = getNamedType(field.type);
    const path = scope.type.name.endsWith('Connection') ? scope.path : `${scope.type.name}.${field.name}`;
    const head = `${key === field.name ? '' : `${key}: `}${field.name}${this.argumentsOf(field, path)}${this.directive()}`;
    if (isLeafType(named)) return head;
    if (isInterfaceType(named)) return `${head} { ${this.nodeSelection(scope)} }`;
    const inner = named as GraphQLObjectType;
    return `${head} { ${this.selection({ taken: new Set(), type: inner, path, depth: scope.depth + 1 })} }`;
  }

  /** Fields of different types must not share a key, so all but the interface's own are aliased. */
  private nodeSelection(scope: Scope): string {
    const types = this.times(0, 2, () => this.one(Object.keys(this.career)));
    const parts = [...new Set(types)].map((name) => {
      const type = this.schema.getType(name) as GraphQLObjectType;
      const inner: Scope = {
        taken: new Set([...ALIASES, ...Object.keys(type.getFields())]),
        type,
        path: '',
        depth: scope.depth + 2,
      };
      return `... on ${name} { ${this.selection(inner)} }`;
    });
    const own = this.chance(0.7) || parts.length === 0 ? ['id'] : [];
    return [...own, ...(this.chance(0.5) ? ['__typename'] : []), ...parts].join(' ');
  }

  private key(scope: Scope, name: string): string {
    const taken = scope.taken.has(name);
    if (!taken && !this.chance(0.15)) return this.take(scope, name);
    this.aliases += 1;
    const odd = this.one(ALIASES);
    if (this.chance(0.3) && !scope.taken.has(odd) && !scope.type.getFields()[odd]) return this.take(scope, odd);
    return this.take(scope, `a${this.aliases}`);
  }

  private take(scope: Scope, key: string): string {
    scope.taken.add(key);
    return key;
  }

  private typename(scope: Scope): string {
    if (!scope.taken.has('__typename')) return this.take(scope, '__typename');
    this.aliases += 1;
    return `${this.take(scope, `n${this.aliases}`)}: __typename`;
  }

  /** Some of the fields move into fragments, named or not, and some of those are spread twice. */
  private wrapped(type: string, fields: readonly string[]): string {
    if (fields.length === 0 || this.chance(0.7)) return fields.join(' ');
    const at = this.below(fields.length);
    const [before, inside] = [fields.slice(0, at), fields.slice(at).join(' ')];
    if (this.chance(0.5))
      return [...before, `...${this.one([` on ${type}`, ''])}${this.directive()} { ${inside} }`].join(' ');
    const name = `F${this.fragments.length + 1}`;
    this.fragments.push(`fragment ${name} on ${type} { ${inside} }`);
    const spread = `...${name}${this.directive()}`;
    return [...before, spread, ...(this.chance(0.2) ? [`...${name}`] : [])].join(' ');
  }

  private directive(): string {
    if (this.chance(0.92)) return '';
    const [name, value] = [this.one(['include', 'skip']), this.chance(0.5)];
    if (this.chance(0.5)) return ` @${name}(if: ${value})`;
    return ` @${name}(if: ${this.variable('Boolean!', value)})`;
  }

  private argumentsOf(field: GraphQLField<unknown, unknown>, path: string): string {
    const given = this.given(field, path);
    const written = field.args.flatMap((argument) => {
      const value = given[argument.name];
      return value === undefined ? [] : [`${argument.name}: ${this.value(argument, value)}`];
    });
    return written.length > 0 ? `(${written.join(', ')})` : '';
  }

  private given(field: GraphQLField<unknown, unknown>, path: string): Record<string, unknown> {
    const takes = new Set(field.args.map(({ name }) => name));
    const everyId = Object.values(this.career).flat();
    if (takes.has('ids')) return { ids: this.times(0, 4, () => (this.chance(0.8) ? this.one(everyId) : 'nobody')) };
    if (takes.has('id')) {
      const own = this.career[getNamedType(field.type).name];
      return { id: own ? this.one(own) : this.chance(0.9) ? this.one(everyId) : 'nobody' };
    }
    if (!takes.has('first')) return {};
    return { ...this.place(field, path), first: this.one([undefined, undefined, 1, 2, 3, 5, null]) ?? 3 };
  }

  private place(field: GraphQLField<unknown, unknown>, path: string): Record<string, unknown> {
    const place = this.chance(0.4) ? this.one(this.cursorsOf(path)) : undefined;
    if (place) return { ...place.arguments, after: this.chance(0.9) ? this.one(place.cursors) : null };
    const of = (name: string): GraphQLInputType | undefined => field.args.find((one) => one.name === name)?.type;
    const [filter, sort] = [of('filter'), of('sort')];
    const saved = of('savedFilter') ? this.savedOf(getNamedType(field.type).name.replace(/Connection$/, '')) : [];
    return {
      ...(filter && this.chance(0.4) ? { filter: this.filter(filter, 0) } : {}),
      ...(sort && this.chance(0.4) ? { sort: [this.sortKey(sort)] } : {}),
      ...(of('q') && this.chance(0.1) ? { q: this.one(['acme', 'n1 quoted', 'zzz']) } : {}),
      ...(saved.length > 0 && this.chance(0.3) ? { savedFilter: this.one(saved) } : {}),
      ...(of('trash') && this.chance(0.1) ? { trash: this.chance(0.5) } : {}),
    };
  }

  private filter(type: GraphQLInputType, depth: number): Record<string, unknown> {
    const input = getNamedType(type) as GraphQLInputObjectType;
    const fields = Object.values(input.getFields()).filter(({ name }) => depth < 2 || !/^(and|or|not)$/.test(name));
    const { name, type: inner } = this.one(fields);
    if (name === 'not') return { not: this.filter(input, depth + 1) };
    if (name === 'and' || name === 'or') return { [name]: this.times(1, 2, () => this.filter(input, depth + 1)) };
    const condition = getNamedType(inner) as GraphQLInputObjectType;
    const operators = Object.values(condition.getFields());
    return { [name]: Object.fromEntries(this.times(1, 2, () => this.condition(this.one(operators)))) };
  }

  private condition({ name, type }: { name: string; type: GraphQLInputType }): [string, unknown] {
    const nullable = getNullableType(type);
    if (!isListType(nullable)) return [name, this.operand(name, type)];
    const count = name === 'between' ? 2 : 1 + this.below(2);
    return [name, Array.from({ length: count }, () => this.operand(name, nullable.ofType))];
  }

  private operand(operator: string, type: GraphQLInputType): unknown {
    const named = getNamedType(type);
    if (named instanceof GraphQLEnumType) return this.one(named.getValues()).value;
    switch (named.name) {
      case 'Boolean':
        return this.chance(0.5);
      case 'Int':
        return this.below(4);
      case 'Float':
        return this.below(40) / 8;
      case 'ID':
        return this.one(Object.values(this.career).flat());
      case 'Instant':
        return /^(lt|gt)/.test(operator) ? this.one(['P7D', '-P30D', '2026-02-20T00:00:00Z']) : '2026-03-02T10:00:00Z';
      case 'Date':
        return '2024-02-29';
      default:
        return this.one(['a', 'Acme 1', 'n1', '%', 'remote', 'manual', "o'clock \\"]);
    }
  }

  private sortKey(type: GraphQLInputType): Record<string, unknown> {
    const { field } = (getNamedType(type) as GraphQLInputObjectType).getFields();
    const words = (getNamedType(field?.type) as GraphQLEnumType).getValues();
    const direction = this.one([undefined, 'asc', 'desc']);
    return { field: this.one(words).value, ...(direction ? { direction } : {}) };
  }

  /** In the document, or as a variable, which may have a default. */
  private value({ type }: GraphQLArgument, value: unknown): string {
    if (this.chance(0.5)) return this.variable(String(type), value, type);
    const node = astFromValue(value, getNullableType(type));
    return node ? print(node) : 'null';
  }

  private variable(type: string, value: unknown, of?: GraphQLInputType): string {
    const name = `v${this.declared.length}`;
    const node = of && value !== null && this.chance(0.2) ? astFromValue(value, getNullableType(of)) : null;
    this.declared.push(`$${name}: ${type}${node ? ` = ${print(node)}` : ''}`);
    if (!node) this.variables[name] = value;
    return `$${name}`;
  }
}

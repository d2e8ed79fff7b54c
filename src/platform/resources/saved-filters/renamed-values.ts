import type { Type } from '@nestjs/common';
import { operatorsOf } from '../../contract/filters.js';
import { recipeOf } from '../../contract/recipes.js';
import type { Recipe } from '../../contract/recipes.js';
import { resourceName } from '../../contract/resources.js';
import { updated } from '../../database/changes.js';
import type { Tx } from '../../database/tx.js';
import { valuesIn } from '../../projection/words-in.js';
import { SavedFilter } from './saved-filter.entity.js';
import { savedFilterEvents } from './saved-filter.events.js';

/** A value of a property that is called something else now, wherever it stands. */
interface Renamed {
  readonly property: string;
  readonly from: string;
  readonly to: string;
}

type Tree = Readonly<Record<string, unknown>>;

/** Puts the new value in the place of the old one where saved filters of a list compare with it, each with its event: otherwise they would find nothing, without a word. */
export async function renameInSavedFilters(tx: Tx, type: Type, renamed: Renamed): Promise<void> {
  const filters = await tx.select<SavedFilter>(SavedFilter, { list: resourceName(type).plural });
  const renaming = new Renaming(recipeOf(type, renamed.property), renamed);
  for (const { id, filter } of filters) {
    const changed = renaming.tree(filter);
    if (renaming.found()) await tx.apply(updated(SavedFilter, id, { filter: changed }, savedFilterEvents.updated));
  }
}

class Renaming {
  private count = 0;

  constructor(
    private readonly recipe: Recipe,
    private readonly renamed: Renamed,
  ) {}

  /** Whether the last tree had the value. */
  found(): boolean {
    const found = this.count > 0;
    this.count = 0;
    return found;
  }

  tree(tree: Tree): Record<string, unknown> {
    return mapped(tree, (name, value) => {
      if (name === 'not') return this.tree(value as Tree);
      if (name === 'and' || name === 'or') return (value as readonly Tree[]).map((one) => this.tree(one));
      return name === this.renamed.property ? this.conditions(value as Tree) : value;
    });
  }

  private conditions(conditions: Tree): Record<string, unknown> {
    const forms = operatorsOf(this.recipe);
    return mapped(conditions, (operator, given) => {
      if (forms[operator] === 'one') return this.isIt(given, operator) ? this.other() : given;
      if (forms[operator] !== 'many') return given;
      const values = valuesIn(given);
      if (!values.some((value) => this.isIt(value, operator))) return given;
      return [...new Set(values.map((value) => (this.isIt(value, operator) ? this.other() : value)))];
    });
  }

  /** Compared as the filter compares it. */
  private isIt(value: unknown, operator: string): boolean {
    return this.recipe.kind.operand(value, { recipe: this.recipe, operator, pointer: operator }) === this.renamed.from;
  }

  private other(): string {
    this.count += 1;
    return this.renamed.to;
  }
}

function mapped(tree: Tree, of: (name: string, value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, of(name, value)]));
}

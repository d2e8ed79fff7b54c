import type { Type } from '@nestjs/common';
import { answerExample } from '../../../../src/platform/contract/examples.js';
import { sentEvents } from '../../../../src/platform/contract/catalogue.js';
import { shapeOf } from '../../../../src/platform/contract/kinds/object.js';
import { text } from '../../../../src/platform/contract/kinds/text.js';
import { recipeOf, usualFields } from '../../../../src/platform/contract/recipes.js';
import type { Recipe } from '../../../../src/platform/contract/recipes.js';
import { link, notice, shown } from './notices.js';

type Data = Record<string, unknown>;

/** One character as people see it: of Latin, of eleven code units, of three bytes, with a mark, and those that formats escape. */
const SIGNS = ['x', '👩‍👩‍👧‍👦', '漢', 'e\u0301', '&', '*', '"', '\\'];

/** The longest data of an event: every text and list as long as its recipe allows. */
function longest(type: Type, sign: string): Data {
  const texts = usualFields(type).map((name) => [name, filled(recipeOf(type, name), sign)] as const);
  return { ...answerExample(type), ...Object.fromEntries(texts.filter(([, value]) => value !== undefined)) };
}

function filled(recipe: Recipe, sign: string): unknown {
  const one = recipe.shape ? longest(shapeOf(recipe), sign) : textOf(recipe, sign);
  if (one === undefined || !recipe.list) return one;
  return Array.from({ length: Math.min(40, recipe.list.max) }, () => one);
}

function textOf({ kind, choice, check, pattern, max = 64 }: Recipe, sign: string): string | undefined {
  const isFree = kind === text && !choice && !check && !pattern;
  return isFree ? sign.repeat(Math.floor(Math.min(max, 20_000) / sign.length)) : undefined;
}

const CASES = sentEvents().flatMap((event) => SIGNS.map((sign) => [event.name, sign, event.resource] as const));
const actions = (sign: string) =>
  Array.from({ length: 30 }, (_, n) => link(`x${n}`, sign.repeat(200), `https://k.example/${'p'.repeat(n * 9)}`));
const made = (type: string, sign: string, resource: Type) => {
  const data = longest(resource, sign);
  const person = {
    name: sign.repeat(200),
    title: sign.repeat(200),
    company: sign.repeat(200),
    place: sign.repeat(500),
  };
  return notice({
    type,
    data: { ...data, ...('snapshot' in data ? { snapshot: person } : {}) },
    actions: actions(sign),
    previous: data,
  });
};
/** Every text in a message. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};
/** Cuts leave characters whole: before an ellipsis stands a whole one. */
const isWhole = (text: string, sign: string): boolean => {
  const start = text.indexOf(sign);
  return text.isWellFormed() && (start === -1 || !/\u200d…|e…/u.test(text));
};

describe.each(CASES)('%s in %s', (type, sign, resource) => {
  const given = made(type, sign, resource);

  it('stays within the limits of Slack', () => {
    const { text: whole, blocks } = shown('slack', given) as { text: string; blocks: Data[] };
    expect(whole.length).toBeLessThanOrEqual(3_000);
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) {
      const { text: body, elements = [] } = block as { text?: { text: string }; elements?: { text: unknown }[] };
      const most = block.type === 'header' ? 150 : 3_000;
      if (body) expect([body.text.length <= most, body.text.length > 0]).toEqual([true, true]);
      expect(elements.length).toBeLessThanOrEqual(block.type === 'context' ? 10 : 25);
      if (block.type === 'context')
        for (const { text: line } of elements) expect(String(line).length).toBeLessThanOrEqual(3_000);
      if (block.type === 'actions')
        for (const { text: label } of elements) expect((label as { text: string }).text.length).toBeLessThanOrEqual(75);
    }
    expect(textsIn(blocks).filter((one) => !isWhole(one, sign))).toEqual([]);
  });

  it('stays within the limits of Discord', () => {
    interface Embed {
      readonly title: string;
      readonly description: string;
      readonly fields?: readonly { name: string; value: string }[];
      readonly footer?: { text: string };
    }
    const [embed] = (shown('discord', given) as { embeds: Embed[] }).embeds;
    const { title = '', description = '', fields = [], footer } = embed ?? {};
    expect([title.length <= 256, description.length <= 4_096, fields.length <= 25]).toEqual([true, true, true]);
    expect(fields.every(({ name, value }) => name.length <= 256 && value.length <= 1_024 && value !== '')).toBe(true);
    expect(footer?.text.length ?? 0).toBeLessThanOrEqual(2_048);
    const all = [title, description, footer?.text ?? '', ...fields.flatMap(({ name, value }) => [name, value])];
    expect(all.join('').length).toBeLessThanOrEqual(6_000);
    expect(all.filter((one) => !isWhole(one, sign))).toEqual([]);
  });

  it('stays within the 28 kB of Teams', () => {
    const message = shown('teams', given);
    expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(28_000);
    expect(textsIn(message).filter((one) => !isWhole(one, sign))).toEqual([]);
  });
});

describe('what a title cannot do', () => {
  const title = '*bold* _it_ ~no~ `code` <@U1> & <!here> [a](https://evil.example) # x :smile:';
  const given = notice({ data: { title, dueAt: '2026-03-02T08:00:00.000Z' } });

  it('format in Slack, or mention anybody', () => {
    const { blocks, mrkdwn, text: told } = shown('slack', given) as { blocks: Data[]; mrkdwn: boolean; text: string };
    expect(blocks[1]).toMatchObject({
      text: { type: 'plain_text', emoji: false, text: expect.stringContaining('*bold* _it_ ~no~') },
    });
    expect(JSON.stringify(blocks)).not.toMatch(/mrkdwn/);
    expect(mrkdwn).toBe(false);
    expect(told).toContain('&lt;@U1&gt; &amp; &lt;!here&gt;');
  });

  it.each(['discord', 'teams'] as const)('format in %s', (format) => {
    const told = textsIn(shown(format, given)).find((one) => one.includes('bold') && one.includes('\\')) ?? '';
    expect(told).toContain('\\*bold\\*');
    expect(told).toContain('\\[a\\]\\(https');
    expect(told).toContain('\\`code\\`');
    expect(told).toContain('\\~no\\~');
  });
});

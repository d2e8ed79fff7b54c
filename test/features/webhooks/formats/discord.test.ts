import { wordingOf } from '../../../../src/features/webhooks/formats/wording.js';
import { RING, link, notice, shown } from './notices.js';

interface Embed {
  readonly description: string;
}

function embedOf(over: Parameters<typeof notice>[0]): Embed {
  const [embed] = shown('discord', notice(over)).embeds as Embed[];
  if (!embed) throw new Error('no embed');
  return embed;
}

describe('what Discord shows', () => {
  it('links only to addresses that its Markdown can hold', () => {
    const short = 'https://kith.example/a';
    const actions = [
      link('done', 'Good', short),
      link('long', 'Long', `https://kith.example/${'x'.repeat(150)}`),
      link('odd', 'Odd', 'https://kith.example/(a)'),
    ];
    const { description } = embedOf({ actions });
    expect(description).toContain(`](${short})`);
    expect(description.split('\n')).toHaveLength(2);
  });

  it('has no empty fields and no empty footer', () => {
    expect(embedOf({})).not.toHaveProperty('fields');
    expect(embedOf({ type: 'account.updated', data: { name: 'Mine' } })).not.toHaveProperty('footer');
  });
});

it('a ring without a time says nothing of one', () => {
  expect(wordingOf(notice()).context).toContainEqual(expect.stringMatching(/^Due /));
  const { dueAt, ...timeless } = RING;
  expect(dueAt).toBeDefined();
  expect(wordingOf(notice({ data: timeless })).context).not.toContainEqual(expect.stringMatching(/^Due /));
});

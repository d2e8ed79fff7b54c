import { judgedSettings } from '../../../../src/features/webhooks/webhook-settings.js';
import { FORMATS, rendered, written } from '../../../../src/features/webhooks/formats/formats.js';
import { RenderFailure } from '../../../../src/features/webhooks/formats/message.js';
import { slackMessage } from '../../../../src/features/webhooks/formats/slack.js';
import { Templates } from '../../../../src/features/webhooks/formats/templates.service.js';
import { renderTemplate } from '../../../../src/features/webhooks/formats/template.js';
import { promised } from '../../../harness/figures.js';
import { link, notice, RING, shown } from './notices.js';

const press = { templates: new Templates(), accountId: 'one' };
afterAll(() => press.templates.onApplicationShutdown());

it.each(FORMATS)('%s gives the same bytes for the same event', async (format) => {
  const style = { format, template: '{{ data.title | json }}', thin: false };
  expect(await rendered(style, notice(), press)).toEqual(await rendered(style, notice(), press));
});

it('flat has no depth, and its own fields come first', () => {
  const flat = shown('flat', notice({ data: { ...RING, type: 'mine' }, previous: { title: 'Before' } }));
  expect(flat).toMatchObject({ type: 'reminder.due', data_type: 'mine', sequence: 17, previous_title: 'Before' });
  expect(flat).toMatchObject({ snapshot_name: 'Ada', snapshot_links_0_kind: 'github' });
  expect(Object.values(flat).filter((value) => typeof value === 'object' && value !== null)).toEqual([]);
});

it('thin leaves ids alone', () => {
  expect(shown('standard', notice({ previous: { title: 'Before' } }), true)).toEqual({
    type: 'reminder.due',
    timestamp: '2026-03-05T09:30:00.000Z',
    sequence: 17,
    data: { id: RING.id, reminderId: RING.reminderId },
  });
});

it('cloudevents carries every attribute that the specification requires', () => {
  const { contentType } = written('cloudevents', notice());
  expect(contentType).toBe('application/cloudevents+json; charset=utf-8');
  expect(shown('cloudevents', notice())).toEqual({
    specversion: '1.0',
    id: notice().eventId,
    source: 'urn:kith',
    type: 'kith.reminder.due',
    subject: RING.id,
    time: '2026-03-05T09:30:00.000Z',
    datacontenttype: 'application/json',
    sequence: '0000000000000017',
    data: RING,
  });
});

describe('Slack', () => {
  it('tells in a sentence what is due, how late, and when that was on the wall of the account', () => {
    expect(slackMessage(notice())).toEqual({
      mrkdwn: false,
      text: 'Keep in touch with Ada &lt;&amp;&gt; *Lovelace* — 3 days overdue',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Reminder due', emoji: false } },
        {
          type: 'section',
          text: {
            type: 'plain_text',
            text: 'Keep in touch with Ada &lt;&amp;&gt; *Lovelace* — 3 days overdue',
            emoji: false,
          },
        },
        {
          type: 'context',
          elements: [
            'Due Mon 2 Mar 2026, 09:00 (Europe/Berlin)',
            '2 further repeats missed',
            'Ada, Analytical Engines',
          ].map((text) => ({ type: 'plain_text', text, emoji: false })),
        },
      ],
    });
  });

  it('makes buttons of actions', () => {
    const actions = [link('done', 'Done', 'https://kith.example/b')];
    const { blocks } = slackMessage(notice({ actions }));
    expect(blocks.at(-1)).toMatchObject({
      type: 'actions',
      elements: [{ type: 'button', text: { text: 'Done' }, url: 'https://kith.example/b' }],
    });
  });

  it.each(['&', '<', '>', 'x', '🎉'])('stays within the limits of Slack for a title of 9,000 × %s', (sign) => {
    const actions = Array.from({ length: 60 }, (_, n) => link('x', sign.repeat(200), `https://k.example/${n}`));
    const message = slackMessage(notice({ data: { ...RING, title: sign.repeat(9_000) }, actions }));
    expect(message.text.length).toBeLessThanOrEqual(3_000);
    expect(message.text.isWellFormed()).toBe(true);
    expect(message.text).toMatch(/^(&(amp|lt|gt);|[^&<>])*$/u);
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    const [, section, , buttons] = message.blocks as unknown as [object, { text: { text: string } }, object, never];
    expect(section.text.text.length).toBeLessThanOrEqual(3_000);
    const { elements } = buttons as { elements: { text: { text: string } }[] };
    expect(elements).toHaveLength(25);
    expect(elements.every(({ text }) => text.text.length <= 75)).toBe(true);
  });

  it('enumerates what a digest tells, each line escaped, within the limits', () => {
    const item = (n: number): object => ({ title: `<@U1> ${'&'.repeat(400)} ${n}`, dueAt: '2026-03-01T08:00:00.000Z' });
    const due = Array.from({ length: 20 }, (_, n) => item(n));
    const data = { dueCount: 23, upcomingCount: 0, coversUntil: '2026-03-06T08:00:00.000Z', due, upcoming: [] };
    const { blocks } = slackMessage(notice({ type: 'digest.ready', data }));
    const [, , heading, list] = blocks as unknown as [object, object, object, { text: { text: string } }];
    expect(heading).toMatchObject({ text: { text: '*Due*' } });
    expect(list.text.text.length).toBeLessThanOrEqual(3_000);
    expect(list.text.text).toMatch(/^• &lt;@U1&gt; &amp;/);
    expect(list.text.text.split('\n')).toHaveLength(21);
    expect(list.text.text).toMatch(/• and 3 more$/);
    expect(list.text.text.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
    const [embed] = shown('discord', notice({ type: 'digest.ready', data })).embeds as {
      fields: { value: string }[];
    }[];
    expect(embed?.fields.map(({ value }) => value.length <= 1_024)).toEqual([true]);
  });

  it('words an event that it does not know', () => {
    const { blocks, text } = slackMessage(notice({ type: 'ledger.ready', data: { summary: 'Two calls' } }));
    expect(text).toBe('Ledger ready: Two calls');
    expect(blocks).toHaveLength(2);
  });
});

it('Discord mentions nobody and escapes its Markdown', () => {
  expect(shown('discord', notice())).toMatchObject({
    allowed_mentions: { parse: [] },
    embeds: [{ title: 'Reminder due', description: expect.stringContaining('Ada \\<&\\> \\*Lovelace\\*') }],
  });
});

it('Teams gets an Adaptive Card as an attachment', () => {
  expect(shown('teams', notice())).toMatchObject({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          type: 'AdaptiveCard',
          body: [{ type: 'TextBlock', text: 'Reminder due' }, { wrap: true }, {}, {}, {}],
        },
      },
    ],
  });
});

it.each(['slack', 'discord', 'teams'] as const)(
  '%s tells of a round when it begins, what it is and where',
  (format) => {
    const snapshot = {
      kind: 'system_design',
      startsAt: '2026-03-06T13:00:00.000Z',
      place: 'https://meet.example.org/ada',
    };
    const data = { ...RING, kind: 'round_upcoming', title: 'Interview with Engines: prepare', snapshot };
    const told = JSON.stringify(shown(format, notice({ data }))).replaceAll('\\', '');
    expect(told).toContain('System design round on Fri 6 Mar 2026, 14:00 (Europe/Berlin)');
    expect(told).toContain('Place: https://meet.example.org/ada');
  },
);

describe('a template', () => {
  it('sees the event, and says by itself whether it is JSON', () => {
    expect(renderTemplate('{"t":{{ data.title | json }}}', notice()).contentType).toBe('application/json');
    expect(renderTemplate('{{ type }} {{ data.dueAt | date: "%Y" }}', notice())).toEqual({
      body: 'reminder.due 2026',
      contentType: 'text/plain; charset=utf-8',
    });
  });

  it.each([
    ['{% if %}', /invalid value expression/],
    ['{{ data.title | no_such }}', /no_such/],
    ['{{ "now" | date: "%s" }}', /clock/],
    ['{{ data | sample }}', /sample/],
    ['{% include "/etc/passwd" %}', /ENOENT/],
    ['{% render "../../package.json" %}', /ENOENT/],
    ['{{ data.nothing }}', /writes nothing/],
    ['{% for i in (1..100000000) %}x{% endfor %}', /limit/],
    ['{% for i in (1..9999) %}{% for j in (1..9999) %}x{% endfor %}{% endfor %}', /limit/],
    ['{% for i in (1..9999) %}{{ type }}{{ data.snapshot | json }}{{ data | json }}{% endfor %}', /limit|more than/],
  ])('%s is refused', (template, reason) => {
    const begun = performance.now();
    expect(() => renderTemplate(template, notice())).toThrow(RenderFailure);
    expect(() => renderTemplate(template, notice())).toThrow(reason);
    promised(performance.now() - begun, 2_000);
  });

  it('reaches no prototype', () => {
    expect(renderTemplate('[{{ data.constructor }}{{ data.__proto__ }}]', notice()).body).toBe('[]');
  });

  it.each([
    '{"text": {{ data.title | json }}, "kind": "{{ data.kind }}", "at": "{{ data.dueAt }}"}',
    'Due: {{ data.title }}',
    '[Kith] {{ data.title }}',
    '{{ data | json }}',
  ])('may be %s', async (template) => {
    const settings = { format: 'template', template, thin: false, eventTypes: ['reminder.due'], filter: null } as const;
    expect(await judgedSettings(settings, [], press)).toEqual({ filterPath: null });
  });
});

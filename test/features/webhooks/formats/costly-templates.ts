import { Liquid } from 'liquidjs';

/** What templates can make long: a text, a list, and lists of lists. */
const TEXT = `{% assign t = "a b,c" %}{% for i in (1..30) %}{% assign t = t | append: t %}{% endfor %}`;
const LIST = '{% assign l = (1..300000) %}';
const WORDS =
  '{% assign l = "b a c d e" | split: " " %}{% for i in (1..17) %}{% assign l = l | concat: l %}{% endfor %}';

/** Arguments that a filter may take: none, a text, an expression that is evaluated for every item, a large number, lists. */
const GIVEN = [
  '',
  ': "a"',
  ': "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"',
  ': "i", "i == i"',
  ': "x", "l contains x"',
  ': 100000000',
  ': 0, 100000000',
  ': l',
  ': t, t',
  ': "(a+)+$"',
];

const engine = new Liquid();

/** Every filter of the library on all of it, once and in a loop. */
export function costlyFilters(): [string, string][] {
  return Object.keys(engine.filters).flatMap((filter) =>
    [TEXT, LIST, WORDS].flatMap((first) =>
      GIVEN.flatMap((given): [string, string][] => {
        const subject = first === TEXT ? 't' : 'l';
        const use = `${first}{{ ${subject} | ${filter}${given} }}`;
        const again = `${first}{% for i in (1..9999) %}{% assign u = ${subject} | ${filter}${given} %}{% endfor %}{{ u }}`;
        const growing = `{% assign t = "ab" %}{% assign l = "a b" | split: " " %}{% for i in (1..60) %}{% assign ${subject} = ${subject} | ${filter}: ${subject} %}{% endfor %}{{ ${subject} }}`;
        return [
          [filter, use],
          [filter, again],
          [filter, growing],
        ];
      }),
    ),
  );
}

/** Every tag of the library: in itself, over a long list, and in the middle of a loop of loops. */
export function costlyTags(): [string, string][] {
  const insides: Readonly<Record<string, string>> = {
    for: '{% for i in (1..9999) %}{% for j in (1..9999) %}{% for k in (1..9999) %}x{% endfor %}{% endfor %}{% endfor %}',
    tablerow: '{% tablerow i in (1..99999) %}{% tablerow j in (1..99999) %}x{% endtablerow %}{% endtablerow %}',
    capture: '{% for i in (1..99) %}{% capture c %}{{ c }}{{ c }}x{% endcapture %}{% endfor %}{{ c }}',
    case: `{% for i in (1..99999) %}{% case i %}${'{% when 1, 2 %}x'.repeat(500)}{% endcase %}{% endfor %}`,
    if: `{% for i in (1..99999) %}${'{% if i contains 9 %}'.repeat(200)}x${'{% endif %}'.repeat(200)}{% endfor %}`,
    unless: `{% for i in (1..99999) %}{% unless i == ${'i or i == '.repeat(500)}0 %}x{% endunless %}{% endfor %}`,
    include: '{% include "a" %}',
    render: '{% render "a" %}',
    layout: '{% layout "a" %}',
    block: '{% block a %}{% block a %}x{% endblock %}{% endblock %}',
    cycle: `{% for i in (1..99999) %}{% cycle ${'"x", '.repeat(900)}"y" %}{% endfor %}`,
    increment: '{% for i in (1..99999) %}{% for j in (1..99999) %}{% increment n %}{% endfor %}{% endfor %}',
    decrement: '{% for i in (1..99999) %}{% for j in (1..99999) %}{% decrement n %}{% endfor %}{% endfor %}',
    liquid: `{% liquid\n${'for i in (1..9)\n'.repeat(90)}echo i\n${'endfor\n'.repeat(90)}%}`,
    echo: `${LIST}{% for i in (1..9999) %}{% echo l %}{% endfor %}`,
    raw: `{% raw %}${'{{'.repeat(20_000)}{% endraw %}`,
    comment: `{% comment %}${'{% if %}'.repeat(9_000)}{% endcomment %}x`,
    assign: `${TEXT}{% for i in (1..99999) %}{% assign a = t %}{% assign t = a | append: a %}{% endfor %}{{ t }}`,
    '#': `{% # ${'x'.repeat(90_000)} %}x`,
  };
  return Object.keys(engine.tags).map((tag) => [tag, insides[tag] ?? `{% ${tag} ${'x '.repeat(9_000)}%}`]);
}

/** What no single filter or tag is: long to read. */
export const LONG_TO_READ: [string, string][] = [
  ['thousands of openings', '{{'.repeat(49_000)],
  ['thousands of tags that do not end', '{% if x %}'.repeat(9_000)],
  ['an output that does not end', `{{ ${'"'.repeat(90_000)}`],
  ['filters upon filters', `{{ "a"${' | append: "b"'.repeat(6_000)} }}`],
  ['brackets in brackets', `{{ ${'a['.repeat(20_000)}1${']'.repeat(20_000)} }}`],
  ['spaces', `{{${' '.repeat(99_000)}}}`],
  ['a long number', `{{ ${'9'.repeat(90_000)} }}`],
  ['a range of ranges', '{{ (1..(1..(1..99999999))) | json }}'],
];

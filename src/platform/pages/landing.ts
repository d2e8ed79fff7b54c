import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { about } from '../config/about.js';
import { Config } from '../config/config.js';
import { Health } from '../http/health.js';
import type { Vitals } from '../http/health.js';
import { html, page } from './html.js';
import type { Html } from './html.js';
import { StatusBoard } from './status-board.js';
import type { Reading } from './status-board.js';

/** The landing page: what this is, whether it works, and how to begin. */
@Injectable()
export class Landing {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly health: Health,
    private readonly board: StatusBoard,
  ) {}

  async page(origin: string): Promise<string> {
    const vitals = await this.health.vitals();
    const readings = vitals.answersInMs === null ? [] : await this.board.readings().catch(() => []);
    const facts = [...this.vitalFacts(vitals), ...readings.map((reading) => this.fact(reading))];
    const well = vitals.answersInMs !== null && vitals.current;
    return page(
      'Kith',
      html`<h1>Kith</h1>
        <p class="lead">${about().lead}</p>
        <p class="state ${well ? 'good' : 'bad'}">${well ? 'Everything works' : troubleOf(vitals)}</p>
        <dl>
          ${facts.map(
            ([term, value]) =>
              html`<dt>${term}</dt>
                <dd>${value}</dd> `,
          )}
        </dl>
        <h2>Look around</h2>
        <ul class="links">
          ${LINKS.map(([address, meaning]) => html`<li><a href="${address}">${address}</a><span>${meaning}</span></li> `)}
        </ul>
        <h2>The first call</h2>
        <p>
          The program printed your first key when it first started; <code>npm run kith -- keys create</code> makes
          another.
        </p>
        <pre><code>export KEY="kith_…"
curl -H "authorization: Bearer $KEY" ${origin}/v1/account</code></pre>
        <footer>
          Version 1 of the API. For probes: <a href="/health/live">/health/live</a>,
          <a href="/health/ready">/health/ready</a>.
        </footer>`,
    );
  }

  private vitalFacts({ answersInMs, applied, current }: Vitals): [string, string | Html][] {
    const database = answersInMs === null ? 'does not answer' : `answers in ${answersInMs} ms`;
    const schema = current ? `current, ${applied} migrations` : 'not current: start this version once more';
    return [
      ['Database', database],
      ...(answersInMs === null ? [] : [['Schema', schema] as [string, string]]),
      ['This process', [...this.config.roles].join(' and ')],
    ];
  }

  private fact({ gauge: { label }, value }: Reading): [string, string | Html] {
    if (value === null) return [label, 'none'];
    if (typeof value === 'number') return [label, value.toLocaleString('en')];
    const iso = value.toISOString().replace(/\.\d+/, '');
    return [
      label,
      html`<time datetime="${iso}">${iso.replace('T', ' ').replace('Z', ' UTC')}</time>, ${this.distance(value)}`,
    ];
  }

  private distance(instant: Date): string {
    const seconds = Math.round((instant.getTime() - this.clock.now().getTime()) / 1_000);
    const [size, unit] = UNITS.find(([size]) => Math.abs(seconds) >= size) ?? ([1, 'second'] as const);
    return new Intl.RelativeTimeFormat('en').format(Math.round(seconds / size), unit);
  }
}

const UNITS = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

const LINKS = [
  ['/docs', 'Every REST operation, with a form to try it.'],
  ['/graphql', 'GraphiQL: write queries with completion, and run them.'],
  ['/openapi.json', 'The same for programs (OpenAPI 3.1).'],
  ['/problems', 'What each error means, and what to do about it.'],
] as const;

function troubleOf({ answersInMs }: Vitals): string {
  return answersInMs === null ? 'The database does not answer' : 'The database schema is not up to date';
}

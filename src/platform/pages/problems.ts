import { problemKinds } from '../http/openapi-refusals.js';
import { html, page } from './html.js';
import type { Html } from './html.js';

/** The page that explains every kind of problem: `/problems#not_found`. */
export function problemsPage(): string {
  const rows = problemKinds().map(
    ({ code, status, title, advice }, index, kinds) =>
      html`<tr id="${kinds.findIndex((kind) => kind.code === code) === index ? code : `${code}_${status}`}">
        <td>${status}</td>
        <td>
          <code class="code">${code}</code>
          <p>${title}. ${marked(advice)}</p>
        </td>
      </tr>`,
  );
  return page(
    'Kith: problems',
    html`<p><a href="/">Kith</a></p>
      <h1>Problems</h1>
      <p class="lead">
        A refusal over REST is <code>application/problem+json</code> (RFC 9457). Its <code>type</code> is
        <code>urn:kith:problem:</code> and a code of these, which is its <code>code</code> too. GraphQL has the same in
        <code>extensions.code</code>.
      </p>
      <table>
        <thead>
          <tr>
            <th>Status</th>
            <th>Code</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>`,
  );
}

/** Text between backticks becomes code. */
function marked(text: string): readonly Html[] {
  return text.split('`').map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));
}

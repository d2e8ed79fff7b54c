/** What is the same of every request and of every answer. */

/** The key goes to the address of the connection and nowhere else: a path is asked there, a whole address without it. */
exports.addressed = (request, z, bundle) => {
  if (!request.url.startsWith('/')) return request;
  const { baseUrl, apiKey } = bundle.authData;
  request.url = baseUrl.trim().replace(/\/+$/, '') + request.url;
  request.headers.authorization = `Bearer ${apiKey}`;
  request.headers.accept = 'application/json';
  return request;
};

/** A refusal (RFC 9457) says what is wrong and the way out: the person who builds the Zap reads just that. */
exports.accepted = (response, z) => {
  if (response.status < 400 || response.skipThrowForStatus) return response;
  const { detail, code, errors = [] } = problemOf(response);
  const fields = errors.map(({ pointer, detail: wrong }) => `${pointer}: ${wrong}`);
  const said = [detail, ...fields].join(' ');
  if (response.status === 401) throw new z.errors.Error(said, 'AuthenticationError', 401);
  if (response.status === 429) throw new z.errors.ThrottledError(said, Number(response.getHeader('retry-after')) || 60);
  throw new z.errors.Error(said, code, response.status);
};

function problemOf({ content, status }) {
  const elsewhere = { detail: `This address answered ${status}: is it that of your Kith?`, code: 'not_kith' };
  try {
    const problem = JSON.parse(content);
    return problem.detail ? problem : elsewhere;
  } catch {
    return elsewhere;
  }
}

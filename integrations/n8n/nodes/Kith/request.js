/** Asks Kith as the credentials say; a refusal (RFC 9457) is told in its own words. */
exports.ask = async (node, method, path, { body, query } = {}) => {
  const { baseUrl } = await node.getCredentials('kithApi');
  const url = baseUrl.trim().replace(/\/+$/, '') + path;
  const options = { method, url, json: true, ...(body ? { body } : {}), ...(query ? { qs: query } : {}) };
  try {
    return await node.helpers.httpRequestWithAuthentication.call(node, 'kithApi', options);
  } catch (error) {
    const problem = error.response?.data ?? error.context?.data;
    if (!problem?.detail) throw error;
    const fields = (problem.errors ?? []).map(({ pointer, detail }) => `${pointer}: ${detail}`);
    throw Object.assign(new Error([problem.detail, ...fields].join(' ')), { httpCode: String(problem.status) });
  }
};

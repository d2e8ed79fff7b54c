/**
 * A trigger by REST hook: a Zap that is turned on subscribes its own address, one that is turned off ends that. While it is
 * built, the newest real events are shown, in exactly the shape that hooks get.
 */
exports.hook = ({ key, event, noun, label, description, sample, inputFields = [] }) => {
  const eventOf = ({ inputData }) => event ?? inputData.event;
  return {
    key,
    noun,
    display: { label, description },
    operation: {
      type: 'hook',
      inputFields,
      performSubscribe: async (z, bundle) => {
        const body = { event: eventOf(bundle), targetUrl: bundle.targetUrl };
        return (await z.request('/v1/hooks', { method: 'POST', body })).data;
      },
      performUnsubscribe: async (z, { subscribeData }) => {
        const options = { method: 'DELETE', skipThrowForStatus: true };
        const { status } = await z.request(`/v1/hooks/${encodeURIComponent(subscribeData.id)}`, options);
        if (status !== 204 && status !== 404)
          throw new z.errors.Error('The hook is still there.', 'still_there', status);
        return {};
      },
      perform: (z, { cleanedRequest }) => [cleanedRequest],
      performList: async (z, bundle) =>
        (await z.request(`/v1/hooks/samples/${encodeURIComponent(eventOf(bundle))}`)).data,
      sample,
    },
  };
};

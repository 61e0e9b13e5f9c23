/** Everybody who calls is put into the queue `sales`; whoever is not answered hears why. */
export const straightFlow = {
  version: 1,
  name: 'Straight to sales',
  language: 'en',
  start: 'queue',
  afterCall: null,
  nodes: {
    queue: {
      type: 'queue',
      label: { zh: '排队', en: 'Queue' },
      config: {
        queue: 'sales',
        leaveKeys: { '0': { label: { zh: '转总机', en: 'To the operator' } } },
        waitKey: '*',
      },
      exits: { timed_out: 'sorry', unavailable: 'sorry', key_0: 'operator' },
    },
    operator: {
      type: 'queue',
      label: { zh: '总机', en: 'Operator' },
      config: { queue: 'operator' },
      exits: { timed_out: 'sorry', unavailable: 'sorry' },
    },
    sorry: {
      type: 'hang-up',
      label: { zh: '抱歉', en: 'Sorry' },
      config: { prompts: ['technical-problem'] },
    },
  },
}

/**
 * What callers hear, apart from numbers (numbers.ts). A key is the name of the audio file.
 *
 * Chinese texts hold no Arabic digits: the synthesiser misreads them. Phrases ending in `-before` and `-after` stand
 * around a number.
 */
export const texts = {
  // arrival
  greeting: { zh: '您好，欢迎致电。', en: 'Hello, and thank you for calling.' },
  'choose-language': { zh: '中文服务请按一。', en: 'For English, press two.' },
  'recording-notice': {
    zh: '为保证服务质量，您的通话可能会被录音。',
    en: 'This call may be recorded to help us improve our service.',
  },
  menu: {
    zh: '售后服务请按一，销售咨询请按二，投诉建议请按三，人工服务请按零。',
    en: 'For after-sales service, press one. For sales, press two. To make a complaint, press three. To speak to an agent, press zero.',
  },
  closed: {
    zh: '您好，现在是非工作时间，请在工作时间再次来电。',
    en: 'We are closed at the moment. Please call again during business hours.',
  },

  // who is calling
  'enter-code': {
    zh: '请输入您的客户编号，以井号键结束。',
    en: 'Please enter your customer code, followed by the hash key.',
  },
  'code-wrong': { zh: '没有找到这个客户编号。', en: 'Sorry, we could not find that customer code.' },
  'code-given-up': {
    zh: '没有关系，我们将直接为您转接人工服务。',
    en: 'Never mind. We will connect you to an agent.',
  },
  recognised: { zh: '您的身份已确认，感谢您的支持。', en: 'Thank you, we have found your record.' },
  'not-recognised': { zh: '我们将为您转接人工服务。', en: 'We will connect you to an agent.' },

  // keys
  'wrong-input': { zh: '您的输入有误，请重新输入。', en: 'Sorry, that is not a valid choice. Please try again.' },
  'no-input': { zh: '没有收到您的输入。', en: 'Sorry, we did not receive anything.' },

  // in the queue
  'queue-entered': { zh: '正在为您接通客服人员，请稍候。', en: 'Please hold while we connect you to an agent.' },
  'all-agents-busy': {
    zh: '客服人员正忙，请您耐心等待，我们会尽快接听您的来电。',
    en: 'All our agents are busy. Please stay on the line, and your call will be answered as soon as possible.',
  },
  'queue-next': { zh: '您是下一位。', en: 'You are next in line.' },
  'position-before': { zh: '您目前排在第', en: 'You are number' },
  'position-after': { zh: '位。', en: 'in the queue.' },
  'wait-before': { zh: '预计还需等待', en: 'The estimated wait is' },
  minutes: { zh: '分钟。', en: 'minutes.' },
  'wait-under-a-minute': { zh: '预计等待时间不到一分钟。', en: 'The estimated wait is less than a minute.' },
  'wait-long': { zh: '目前等待时间较长。', en: 'The wait is longer than usual.' },
  'thanks-for-waiting': { zh: '感谢您的耐心等待。', en: 'Thank you for waiting.' },
  'queue-keys': {
    zh: '查询等待时间请按星号键，转总机请按零，继续等待请不要挂机。',
    en: 'To hear your place in the queue, press star. For the operator, press zero. Otherwise, please stay on the line.',
  },
  'no-agents': {
    zh: '对不起，现在没有客服人员在线，请稍后再拨。',
    en: 'Sorry, no agents are available at the moment. Please call again later.',
  },
  'queue-full': { zh: '对不起，目前来电较多，请稍后再拨。', en: 'Sorry, our lines are full. Please call again later.' },
  'waited-too-long': {
    zh: '对不起，让您久等了，请稍后再拨，或留意我们的回电。',
    en: 'We are sorry that you had to wait so long. Please call again later.',
  },

  // with an agent
  hold: { zh: '请您稍等，不要挂机。', en: 'Your call is on hold. Please stay on the line.' },
  'please-hold': { zh: '请稍候。', en: 'One moment, please.' },
  transferring: { zh: '正在为您转接，请稍候。', en: 'We are transferring your call. One moment, please.' },
  'transfer-failed': { zh: '对不起，转接没有成功。', en: 'Sorry, the transfer did not succeed.' },

  // survey
  'survey-intro': {
    zh: '为了改进服务，请您对本次服务作出评价。',
    en: 'To help us improve, please rate the service that you have just received.',
  },
  'survey-csat': {
    zh: '非常满意请按五，满意请按四，一般请按三，不满意请按二，非常不满意请按一。',
    en: 'Press five for very satisfied, four for satisfied, three for neutral, two for dissatisfied, or one for very dissatisfied.',
  },
  'survey-nps': {
    zh: '您有多大可能把我们推荐给朋友？请输入零到十之间的数字，十表示非常可能。',
    en: 'How likely are you to recommend us to a friend? Enter a number from zero to ten. Ten means very likely.',
  },
  'survey-thanks': { zh: '感谢您的评价。', en: 'Thank you for your rating.' },

  // the end
  goodbye: { zh: '感谢您的来电，再见。', en: 'Thank you for calling. Goodbye.' },
  'technical-problem': {
    zh: '对不起，系统出现故障，请稍后再拨。',
    en: 'Sorry, we have a technical problem. Please call again later.',
  },
} as const satisfies Record<string, { zh: string; en: string }>

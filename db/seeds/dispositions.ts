import type { Disposition } from '@ringdown/core/contract'

/** What most desks need; administrators change the list. */
export const standardDispositions: readonly Disposition[] = (
  [
    ['solved', '已解决', 'Solved'],
    ['follow_up', '需跟进', 'Follow-up needed'],
    ['order_taken', '已下单', 'Order taken'],
    ['quote_sent', '已报价', 'Quote sent'],
    ['complaint_taken', '投诉已受理', 'Complaint taken'],
    ['transferred', '已转接', 'Transferred'],
    ['wrong_number', '打错电话', 'Wrong number'],
    ['caller_gone', '通话中断', 'Caller gone'],
  ] as const
).map(([key, zh, en], i) => ({ key, name: { zh, en }, position: i + 1 }))

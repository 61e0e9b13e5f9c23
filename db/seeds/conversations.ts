import type { Language } from '@ringdown/core/kernel'
import type { TicketCategory } from '@ringdown/core/ticket'

/** What a ticket is about and what agents wrote on the way to its end. */
export type Conversation = { subject: string; lines: readonly string[] }

export const conversations: Record<Language, Record<TicketCategory, readonly Conversation[]>> = {
  zh: {
    repair: [
      {
        subject: '电源模块无输出',
        lines: [
          '客户来电：设备断电后无法启动，指示灯不亮。',
          '已寄出备件，运单号已发客户邮箱。',
          '客户确认更换后运行正常。',
        ],
      },
      {
        subject: '控制板报错 E07',
        lines: [
          '开机自检报 E07，重启无效。',
          '技术部判断为风扇转速异常，请客户清灰后再试。',
          '清灰后恢复，观察两天无复发。',
        ],
      },
      {
        subject: '显示屏花屏',
        lines: ['屏幕右侧出现竖条纹，已拍照。', '保修期内，安排上门更换屏幕。', '工程师已更换，客户签字。'],
      },
    ],
    exchange: [
      {
        subject: '外壳划痕，要求换货',
        lines: ['到货 20 件中 3 件外壳有划痕。', '质检同意换货，请客户寄回。', '新品已签收。'],
      },
      { subject: '型号发错', lines: ['订单为 A 型，实收 B 型。', '仓库核实发错，今日补发。', '客户已收到正确型号。'] },
    ],
    inquiry: [
      { subject: '询问交货期', lines: ['客户想确认 500 件的最快交期。', '生产部答复：两周内可交付，已回复客户。'] },
      { subject: '索取产品资料', lines: ['需要新款产品的规格书和认证文件。', '资料已发送至客户邮箱。'] },
    ],
    order: [
      {
        subject: '追加订单 300 件',
        lines: ['在上次订单基础上追加 300 件。', '合同已发出，等待客户盖章。', '合同已收回，转生产。'],
      },
      { subject: '变更收货地址', lines: ['下批货改送新仓库。', '地址已在系统中更新。'] },
    ],
    complaint: [
      {
        subject: '投诉发货延误',
        lines: ['承诺周五到货，周一仍未收到，客户很不满。', '已致歉并改用空运，次日可达。', '客户确认收货，接受道歉。'],
      },
      {
        subject: '投诉服务态度',
        lines: ['客户反映上次来电等待过久、答复敷衍。', '班长已回电致歉并说明改进。', '客户表示理解。'],
      },
    ],
    other: [{ subject: '更新联系人信息', lines: ['采购负责人变更，提供新的电话和邮箱。', '资料已更新。'] }],
  },
  en: {
    repair: [
      {
        subject: 'Unit does not power up',
        lines: [
          'No output since this morning, LEDs stay dark.',
          'Spare sent, tracking number mailed.',
          'Customer confirms that it runs again.',
        ],
      },
      {
        subject: 'Error E07 after start',
        lines: [
          'Self-test stops with E07.',
          'Engineering suspects the fan; asked to clean the filter.',
          'Cleaned, no error for two days.',
        ],
      },
    ],
    exchange: [
      {
        subject: 'Wrong model delivered',
        lines: ['Ordered model A, received B.', 'Warehouse confirms; the right one leaves today.', 'Received.'],
      },
    ],
    inquiry: [
      {
        subject: 'Delivery date of 500 pieces',
        lines: ['Asks for the earliest date.', 'Two weeks, confirmed by production and mailed.'],
      },
      { subject: 'Data sheets wanted', lines: ['Needs data sheet and certificates.', 'Sent by e-mail.'] },
    ],
    order: [
      {
        subject: 'Additional 300 pieces',
        lines: ['Wants to add 300 to the last order.', 'Contract sent.', 'Signed and returned.'],
      },
    ],
    complaint: [
      {
        subject: 'Late delivery',
        lines: [
          'Promised for Friday, not there on Monday.',
          'Apologised, shipped by air.',
          'Arrived; apology accepted.',
        ],
      },
    ],
    other: [
      { subject: 'New contact person', lines: ['Purchasing has a new head; new number given.', 'Record updated.'] },
    ],
  },
}

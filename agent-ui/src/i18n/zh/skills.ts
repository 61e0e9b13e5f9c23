/** Settings: what agents can do. */
export const skills = {
  title: '技能',
  create: '新建技能',
  none: '还没有技能。新建后，可在“用户”里评定等级，在“队列”里作为要求。',
  name: '名称',
  agents: '具备的坐席',
  queues: '要求的队列',
  nameZh: '中文名称',
  nameEn: '英文名称',
  exampleZh: '如：电源维修',
  exampleEn: '如：Power supplies',
  used: '正在使用：{{users}}。先从他们那里去掉，才能删除。',
  removeSure: '删除技能“{{name}}”？',
}

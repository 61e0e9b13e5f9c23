import { board } from './board.ts'
import { desk } from './desk.ts'
import { frame } from './frame.ts'
import { lists } from './lists.ts'
import { records } from './records.ts'
import { settings } from './settings.ts'
import { skills } from './skills.ts'
import { why } from './why.ts'
import { words } from './words.ts'

export const zh = { frame, desk, lists, records, board, settings, skills, why, words }

import { board } from './board.ts'
import { desk } from './desk.ts'
import { frame } from './frame.ts'
import { records } from './records.ts'
import { settings } from './settings.ts'
import { words } from './words.ts'

export const zh = { frame, desk, records, board, settings, words }

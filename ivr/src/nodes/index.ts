import { businessHours } from './business-hours/node.ts'
import { collect } from './collect/node.ts'
import { condition } from './condition/node.ts'
import type { AnyNode } from './define-node.ts'
import { hangUp } from './hang-up/node.ts'
import { lookUpCustomer } from './look-up-customer/node.ts'
import { menu } from './menu/node.ts'
import { play } from './play/node.ts'
import { queue } from './queue/node.ts'
import { setLanguage } from './set-language/node.ts'
import { survey } from './survey/node.ts'
import { transfer } from './transfer/node.ts'

/** Every kind of node a flow may use, by the word that stands in its `type`. */
export const nodes: Readonly<Record<string, AnyNode>> = Object.fromEntries(
  [businessHours, collect, condition, hangUp, lookUpCustomer, menu, play, queue, setLanguage, survey, transfer].map(
    (node) => [node.name, node],
  ),
)

import { RANK, Role } from '@ringdown/core/contract'
import type { UserId } from '@ringdown/core/kernel'
import type { Actor } from '../commands/handlers.ts'
import { mayActAs } from './roles.ts'

type OfOwner = { owner: { id: UserId }; sharedWith: Role | null }

/** Views shared with these roles are seen by a user of this one. */
export const rolesSeenBy = (role: Role): Role[] => Role.options.filter((least) => RANK[role] >= RANK[least])

export const mayShareView = ({ role }: Actor): boolean => mayActAs(role, 'supervisor')

export const maySeeView = ({ userId, role }: Actor, { owner, sharedWith }: OfOwner): boolean =>
  owner.id === userId || (sharedWith !== null && mayActAs(role, sharedWith))

/** Its owner; an administrator a shared one too, whose owner may have left. */
export const mayDeleteView = (actor: Actor, view: OfOwner): boolean =>
  view.owner.id === actor.userId || (view.sharedWith !== null && mayActAs(actor.role, 'admin'))

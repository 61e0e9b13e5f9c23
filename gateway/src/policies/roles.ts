import { RANK, type Role } from '@ringdown/core/contract'

/** A supervisor may do what an agent may, an administrator what a supervisor may. */
export const mayActAs = (role: Role, least: Role): boolean => RANK[role] >= RANK[least]

import { z } from 'zod'

/** The languages callers hear and users read. zh is Mandarin in simplified characters. */
export const Language = z.enum(['zh', 'en'])
export type Language = z.infer<typeof Language>

/** A name that people of both languages read: a queue, a reason, a disposition. */
export const Localized = z.object({ zh: z.string().min(1).max(120), en: z.string().min(1).max(120) })
export type Localized = z.infer<typeof Localized>

/** A phone number as E.164 (`+8613900138000`), the only form that is stored and compared. */
export const PhoneNumber = z.string().regex(/^\+[1-9]\d{4,14}$/, 'expected E.164, such as +8613900138000')
export type PhoneNumber = z.infer<typeof PhoneNumber>

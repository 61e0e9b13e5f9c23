import type { CustomerView } from '@ringdown/core/contract'
import type { CustomerInput } from '@ringdown/core/customer'

/** A customer as a form holds it: texts, also where the record has null or a list. */
export type CustomerValues = Omit<CustomerInput, 'industry' | 'address' | 'tags'> & {
  industry: string
  address: string
  tags: string
}

export const emptyCustomer: CustomerValues = {
  name: '',
  code: '',
  grade: 'C',
  industry: '',
  address: '',
  language: 'zh',
  preferences: '',
  notes: '',
  tags: '',
}

export const valuesOf = (c: CustomerView): CustomerValues => ({
  name: c.name,
  code: c.code,
  grade: c.grade,
  industry: c.industry ?? '',
  address: c.address ?? '',
  language: c.language,
  preferences: c.preferences,
  notes: c.notes,
  tags: c.tags.join('，'),
})

export const inputOf = ({ industry, address, tags, ...rest }: CustomerValues): CustomerInput => ({
  ...rest,
  name: rest.name.trim(),
  industry: industry.trim() || null,
  address: address.trim() || null,
  tags: tags
    .split(/[,，、]/)
    .map((tag) => tag.trim())
    .filter(Boolean),
})

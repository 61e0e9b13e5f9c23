import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import type { CustomerView } from '@ringdown/core/contract'
import type { Person } from '@ringdown/core/customer'
import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, outdate } from '../../api/index.ts'
import { Empty, failureText, Panel, PhoneNumber, toast } from '../../ui/index.ts'
import css from './customers.module.css'
import { PersonForm } from './PersonForm.tsx'

/** The people of a customer and their numbers. */
export function People({ customer }: { customer: CustomerView }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Person | 'new' | null>(null)
  const remove = (person: Person) =>
    api('removePerson', { params: { customerId: customer.id, personId: person.id } }).then(
      () => outdate('readCustomer'),
      (error: unknown) => toast('error', failureText(t, error)),
    )
  return (
    <Panel
      title={`${t('records.customers.people')} ${customer.people.length}`}
      flush
      extra={
        <Button
          size="small"
          icon={<PlusOutlined />}
          aria-label={t('records.customers.addPerson')}
          onClick={() => setOpen('new')}
        />
      }
    >
      {customer.people.length === 0 && <Empty>{t('records.customers.noPeople')}</Empty>}
      <ul className={css.people}>
        {customer.people.map((person) => (
          <li key={person.id}>
            <div>
              <b>{person.name}</b> <small>{person.title}</small>
              {person.phones.map((phone) => (
                <span key={phone}>
                  <PhoneNumber value={phone} />
                </span>
              ))}
              {person.email && <span>{person.email}</span>}
            </div>
            <Button
              size="small"
              type="text"
              icon={<EditOutlined />}
              aria-label={`${t('frame.say.edit')} ${person.name}`}
              onClick={() => setOpen(person)}
            />
            <Popconfirm
              title={t('records.customers.removePerson', { name: person.name })}
              okText={t('frame.say.remove')}
              onConfirm={() => remove(person)}
            >
              <Button
                size="small"
                type="text"
                icon={<DeleteOutlined />}
                aria-label={`${t('frame.say.remove')} ${person.name}`}
              />
            </Popconfirm>
          </li>
        ))}
      </ul>
      {open && (
        <PersonForm
          customerId={customer.id}
          {...(open === 'new' ? {} : { person: open })}
          onClose={() => setOpen(null)}
        />
      )}
    </Panel>
  )
}

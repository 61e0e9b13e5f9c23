import { ArrowDownOutlined, ArrowUpOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, InputNumber, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Flyout } from '../Flyout.tsx'
import { NARROWEST, resizeColumn, showColumn, stepColumn, WIDEST } from './column-layout.ts'
import css from './data-table.module.css'
import type { Columns } from './use-column-layout.ts'
import type { Density } from './use-density.ts'

type Props = {
  columns: Columns
  /** Of each column, by key: its title, and its own width where it has one. */
  titles: ReadonlyMap<string, { title: string; width: number | undefined }>
  density: Density
  onDensity: (density: Density) => void
}

/** Which columns, in which order, how wide; how high the rows. All of it without a mouse. */
export function ColumnMenu(props: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <Flyout name={t('lists.columns.title')} open={open} onOpenChange={setOpen} content={<Layout {...props} />}>
      <Button
        icon={<SettingOutlined />}
        aria-label={t('lists.columns.title')}
        title={t('lists.columns.title')}
        aria-expanded={open}
        data-testid="columns"
      />
    </Flyout>
  )
}

function Layout({ columns: { layout, set, reset, untouched }, titles, density, onDensity }: Props) {
  const { t } = useTranslation()
  return (
    <div className={css.menu}>
      <ul aria-label={t('lists.columns.title')}>
        {layout.map(({ key, width, shown }, i) => {
          const { title = key, width: own } = titles.get(key) ?? {}
          return (
            <li key={key}>
              <Checkbox checked={shown} onChange={(event) => set(showColumn(layout, key, event.target.checked))}>
                {title}
              </Checkbox>
              <InputNumber
                size="small"
                min={NARROWEST}
                max={WIDEST}
                step={10}
                value={width ?? own ?? null}
                placeholder={t('lists.columns.rest')}
                aria-label={t('lists.columns.width', { column: title })}
                onChange={(next) => set(resizeColumn(layout, key, next))}
              />
              <Button
                type="text"
                size="small"
                icon={<ArrowUpOutlined />}
                disabled={i === 0}
                aria-label={t('lists.columns.earlier', { column: title })}
                onClick={() => set(stepColumn(layout, key, -1))}
              />
              <Button
                type="text"
                size="small"
                icon={<ArrowDownOutlined />}
                disabled={i === layout.length - 1}
                aria-label={t('lists.columns.later', { column: title })}
                onClick={() => set(stepColumn(layout, key, 1))}
              />
            </li>
          )
        })}
      </ul>
      <footer>
        <Segmented
          size="small"
          aria-label={t('lists.density.title')}
          value={density}
          options={(['compact', 'airy'] as const).map((value) => ({ value, label: t(`lists.density.${value}`) }))}
          onChange={onDensity}
        />
        <Button type="link" size="small" disabled={untouched} onClick={reset}>
          {t('lists.columns.reset')}
        </Button>
      </footer>
    </div>
  )
}

import type { QueueTile } from '@ringdown/core/contract'
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useLanguage } from '../../i18n/index.ts'
import { type Appearance, FONT, palette } from '../../theme.ts'
import { shortClock } from '../../ui/index.ts'
import { levelsOf } from './board-figures.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

const HALF_HOUR_MS = 1_800_000
type Props = { intervals: QueueTile['intervals']; appearance: Appearance; queueId: string }

/** Answered and abandoned of each half hour, and the service level above them; a click opens the contacts. */
export function DayChart({ intervals, appearance, queueId }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const navigate = useNavigate()
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)
  const open = useEffectEvent((index: number) => {
    const at = intervals[index]?.at
    if (at === undefined) return
    navigate(`/contacts?from=${at}&to=${at + HALF_HOUR_MS - 1}${queueId ? `&queueId=${queueId}` : ''}`)
  })
  useEffect(() => {
    if (!box.current) return
    const made = init(box.current, null, { renderer: 'svg' })
    chart.current = made
    made.on('click', ({ dataIndex }) => open(dataIndex))
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(box.current)
    return () => {
      observer.disconnect()
      made.dispose()
    }
  }, [])
  useEffect(() => {
    const c = palette[appearance]
    const axis = { axisLine: { lineStyle: { color: c['line-strong'] } }, axisLabel: { color: c['ink-3'] } }
    const bar = (name: string, data: number[], color: string) => ({
      name,
      type: 'bar' as const,
      stack: 'calls',
      data,
      itemStyle: { color },
      barMaxWidth: 26,
    })
    chart.current?.setOption({
      animation: false,
      textStyle: { fontFamily: FONT },
      grid: { left: 44, right: 48, top: 40, bottom: 24 },
      legend: { top: 0, left: 40, itemWidth: 12, itemHeight: 8, textStyle: { color: c['ink-2'] } },
      tooltip: {
        trigger: 'axis',
        valueFormatter: (v: unknown) => (typeof v === 'number' ? `${v} ${t('board.calls')}` : '–'),
        backgroundColor: c.surface,
        borderColor: c['line-strong'],
        textStyle: { color: c.ink },
      },
      xAxis: {
        type: 'category',
        data: intervals.map((i) => shortClock(i.at, language)),
        axisTick: { show: false },
        ...axis,
      },
      yAxis: [
        {
          type: 'value',
          minInterval: 1,
          name: t('board.calls'),
          nameTextStyle: { color: c['ink-3'], align: 'right', padding: [0, 6, 0, 0] },
          splitLine: { lineStyle: { color: c.line } },
          ...axis,
        },
        {
          type: 'value',
          min: 0,
          max: 100,
          axisLabel: { color: c['ink-3'], formatter: '{value}%' },
          splitLine: { show: false },
        },
      ],
      series: [
        bar(
          t('board.answered'),
          intervals.map((i) => i.answered),
          c['talking-solid'],
        ),
        bar(
          t('board.abandoned'),
          intervals.map((i) => i.abandoned),
          c['problem-solid'],
        ),
        {
          name: t('board.serviceLevel'),
          type: 'line',
          yAxisIndex: 1,
          data: levelsOf(intervals).map((level) => (level === null ? null : Math.round(level * 100))),
          symbolSize: 5,
          lineStyle: { color: c.available, width: 2 },
          itemStyle: { color: c.available },
          tooltip: { valueFormatter: (v: unknown) => (typeof v === 'number' ? `${v}%` : '–') },
        },
      ],
    })
  }, [intervals, appearance, language, t])
  return <div ref={box} style={{ height: 230 }} role="img" aria-label={t('board.day')} />
}

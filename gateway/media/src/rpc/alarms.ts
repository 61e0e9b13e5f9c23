import type { Emit, EventData, EventName } from '../protocol/events.ts'

export const alarms = ['recording_gap', 'recording_ended', 'one_way', 'silent'] as const
export type Alarm = (typeof alarms)[number]

/** Counts the events that somebody should look into, since the start. */
export class AlarmCount {
  readonly counts = new Map<Alarm, number>(alarms.map((alarm) => [alarm, 0]))

  /** The same way to tell, counting what is told. */
  counting(emit: Emit): Emit {
    return (event, data) => {
      const alarm = alarmIn(data)
      if (alarm) this.counts.set(alarm, this.counts.get(alarm)! + 1)
      emit(event, data)
    }
  }
}

function alarmIn(data: EventData<EventName>): Alarm | undefined {
  if ('fatal' in data) return data.fatal ? 'recording_ended' : 'recording_gap'
  if ('alarm' in data && data.active) return data.alarm
  return undefined
}

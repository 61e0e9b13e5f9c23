import {
  CheckCircleFilled,
  ClockCircleFilled,
  CoffeeOutlined,
  EditFilled,
  LogoutOutlined,
  MinusCircleFilled,
  PauseCircleFilled,
  PhoneFilled,
  ReadOutlined,
  TeamOutlined,
  WarningFilled,
} from '@ant-design/icons'
import type { ReactNode } from 'react'

const icons: Record<string, ReactNode> = {
  available: <CheckCircleFilled />,
  ringing: <PhoneFilled />,
  connecting: <PhoneFilled />,
  talking: <PhoneFilled />,
  held: <PauseCircleFilled />,
  wrap_up: <EditFilled />,
  break: <CoffeeOutlined />,
  meal: <ClockCircleFilled />,
  training: <ReadOutlined />,
  meeting: <TeamOutlined />,
  missed: <WarningFilled />,
  device_problem: <WarningFilled />,
  signed_out: <LogoutOutlined />,
}

/** The icon of a work state, so that colour never speaks alone. */
export const StateIcon = ({ state }: { state: string }) => icons[state] ?? <MinusCircleFilled />

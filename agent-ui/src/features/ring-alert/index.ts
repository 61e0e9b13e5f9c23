export { allowNotifications, notificationsAllowed } from './notification.ts'
export { testRing, testTone } from './output.ts'
export { useRingAlert } from './use-ring-alert.ts'

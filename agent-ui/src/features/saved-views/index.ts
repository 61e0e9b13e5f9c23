export { type ListView, useListView } from './use-list-view.ts'
export { ViewMenu } from './ViewMenu.tsx'

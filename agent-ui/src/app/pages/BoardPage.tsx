import { useTranslation } from 'react-i18next'
import { Board } from '../../features/board/index.ts'
import { useTitle } from './use-title.ts'

export default function BoardPage() {
  const { t } = useTranslation()
  useTitle(t('board.title'))
  return <Board />
}

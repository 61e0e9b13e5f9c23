import { StarFilled } from '@ant-design/icons'

/** `★4`: a score of 1–5, short. */
export const Stars = ({ score }: { score: number }) => (
  <span style={{ color: 'var(--c-star)', whiteSpace: 'nowrap' }} title={`${score} / 5`}>
    <StarFilled /> {score}
  </span>
)

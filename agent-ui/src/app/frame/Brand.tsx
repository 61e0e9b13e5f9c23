/** The diamond with a ring in it. */
export const Brand = ({ size = 22 }: { size?: number }) => (
  <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
    <path d="M16 2 30 16 16 30 2 16Z" fill="var(--c-talking-solid)" />
    <path
      d="M10 16h2.5l2-5 3 10 2-5H22"
      fill="none"
      stroke="#fff"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
)

import css from './avatar.module.css'

/** The end of a Chinese name, the initials of another. */
const shortName = (name: string): string =>
  /\p{Script=Han}/u.test(name)
    ? name.slice(-2)
    : name
        .split(/\s+/)
        .map((part) => part[0] ?? '')
        .join('')
        .slice(0, 2)
        .toUpperCase()

/** Somebody in a small disc. */
export const Avatar = ({ name }: { name: string }) => (
  <span className={css.avatar} aria-hidden="true">
    {shortName(name)}
  </span>
)

import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useEffect, useState } from 'react'

const PAUSE_MS = 300

/** A search text that is asked for when the hand pauses. */
export function SearchField({
  value,
  hint,
  onSearch,
}: {
  value: string
  hint: string
  onSearch: (text: string) => void
}) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => onSearch(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, value, onSearch])
  return (
    <Input
      prefix={<SearchOutlined />}
      type="search"
      allowClear
      aria-label={hint}
      placeholder={hint}
      style={{ width: 260 }}
      value={text}
      onChange={(e) => setText(e.target.value)}
      onPressEnter={() => onSearch(text)}
    />
  )
}

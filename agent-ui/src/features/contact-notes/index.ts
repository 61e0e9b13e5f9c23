export { NotesEditor } from './NotesEditor.tsx'
export { useNotes } from './use-notes.ts'

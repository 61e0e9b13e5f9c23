export { useCatalogue } from './use-catalogue.ts'
export { useWords } from './use-words.ts'

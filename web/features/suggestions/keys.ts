import { pictureKeys } from '../../core/people/picture.ts'

export const SUGGESTIONS = [...pictureKeys.all, 'suggestions']
export const INTRODUCTIONS = [...pictureKeys.all, 'introductions']

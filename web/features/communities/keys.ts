import { pictureKeys } from '../../core/people/picture.ts'

export const COMMUNITIES = [...pictureKeys.all, 'communities']

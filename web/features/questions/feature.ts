import { IconCircleCheck, IconHelpCircle } from '@tabler/icons-react'
import { STARTS_IN } from '../../../server/features/questions/policy.ts'
import { entryExtensions } from '../../core/entries/extensions.ts'
import { defineEntryKind } from '../../core/entries/kinds.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { spaceExtensions } from '../../core/spaces/extensions.ts'
import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { withTexts } from '../../kernel/with-texts.ts'
import './apply.ts'
import { AcceptButton, AnswerMark } from './Answers.tsx'
import { QuestionCard } from './QuestionCard.tsx'
import { TraceLine } from './TraceLine.tsx'

defineEntryKind({
  name: 'question', Card: QuestionCard,
  composer: {
    startsIn: STARTS_IN, Icon: IconHelpCircle, label: 'questions:question', title: 'questions:title', action: 'questions:ask', placeholder: 'questions:details',
    Fields: later(() => import('./SimilarQuestions.tsx').then((file) => file.SimilarQuestions)),
  },
})
defineEntryKind({ name: 'question_trace', Line: TraceLine, isQuiet: true })

defineReason('accepted', { text: 'questions:accepts_you', Icon: IconCircleCheck })

entryExtensions.foot.unshift(AnswerMark)
entryExtensions.actions.unshift(AcceptButton)
entryExtensions.menu.push((at) => withTexts('asking', () => import('./menu.ts')).then(({ questionLines }) => questionLines(at)))
spaceExtensions.tabs.push({ view: 'questions', label: 'questions:tab', Body: later(() => import('./QuestionsTab.tsx').then((file) => file.QuestionsTab)) })

export const questions: Feature = { name: 'questions' }
